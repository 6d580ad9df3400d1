// How the terminal host and the browser host hear that they are to end: by a process that takes its time to end, and
// gets the signal for its whole group once more in the middle of it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { writeFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const ending = JSON.stringify(resolve(import.meta.dirname, '../../../electron/core/ending.ts'))
const slow = `
import { onEnding } from ${ending}
onEnding(() => {
  console.log('ending')
  setTimeout(() => { console.log('ended'); process.exit(0) }, 500)
})
setInterval(() => {}, 1000)
console.log('ready')
`

it.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'an end that has begun is not cut short by one more %s to the group, and begins once',
  async (signal) => {
    const program = join(temporaryFolder(), 'slow.mjs')
    writeFileSync(program, slow)
    const child = spawn(process.execPath, [program], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (['ready\n', 'ready\nending\n'].includes(said)) process.kill(-Number(child.pid), signal)
    })
    const [status] = (await once(child, 'close')) as [number | null]
    expect({ said, status }).toEqual({ said: 'ready\nending\nended\n', status: 0 })
  },
)
