// How the window's program hears that it is to end. A small program that counts signals stands in for Electron, whose own
// way of quitting test/electron holds.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { writeFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'

const runWindow = JSON.stringify(resolve(import.meta.dirname, '../../tools/run-window.ts'))

/** Says when it first hears something, and half a second later all that it heard. */
const counting = `
const heard = []
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
  heard.push(signal)
  if (heard.length > 1) return
  console.log('heard')
  setTimeout(() => { console.log(JSON.stringify(heard)); process.exit(5) }, 500)
})
setInterval(() => {}, 1000)
console.log('ready')
`

it.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a %s to the whole group, sent twice, reaches the window once, and its status is passed on',
  async (signal) => {
    const folder = temporaryFolder()
    const program = join(folder, 'window.mjs')
    writeFileSync(program, counting)
    const starter = join(folder, 'starter.mjs')
    const parts = `{ program: process.execPath, args: [${JSON.stringify(program)}], env: process.env }`
    writeFileSync(starter, `import { runWindow } from ${runWindow}\nprocess.exitCode = await runWindow(${parts})\n`)
    const child = spawn(process.execPath, [starter], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (['ready\n', 'ready\nheard\n'].includes(said)) process.kill(-Number(child.pid), signal)
    })
    const [status] = (await once(child, 'close')) as [number | null]
    expect({ said, status }).toEqual({ said: `ready\nheard\n["${signal}"]\n`, status: 5 })
  },
)
