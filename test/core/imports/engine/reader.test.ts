// The process that reads: cut off from the network, and given up where it hangs, fills its memory or falls over. That costs
// the file it was at, and nothing else.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { part, want } from '../../../../electron/core/imports/protocol.ts'
import { createProcess, startNodeProcess } from '../../../../electron/core/processes.ts'
import { createRunner } from '../../../../electron/core/imports/runner.ts'
import { AppError } from '../../../../shared/errors.ts'
import { createPrepare } from '../../../../electron/core/prepared.ts'
import { addImport, listFiles, listProblems } from '../../../../electron/core/imports/records.ts'
import { openDatabase } from '../../../../electron/core/vault/db.ts'
import { migrate } from '../../../../electron/core/vault/migrate.ts'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { folderOf } from './support.ts'

/** A reader on the real clock, so that a hang costs a test two seconds. */
const clock = {
  now: () => new Date(),
  after(ms: number, task: () => void) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** It has begun by then, and reads files of a line. */
const quiet = 5_000

function build({ quietMs = quiet } = {}) {
  const folder = temporaryFolder()
  const path = join(folder, 'vault.db')
  const db = openDatabase({ path, key: randomBytes(32), cipher: 'aegis', create: true })
  migrate(db, path)
  onTestFinished(() => void db.close())
  const prepare = createPrepare(() => ({ db }))
  const titles: string[] = []
  const run = createRunner({
    prepare,
    inTransaction: (act) => db.transaction(act).immediate(),
    keeper: {
      stage: async (items) => ({
        batch(keep) {
          keep((_file, from, count) => {
            titles.push(...items.slice(from, from + count).map(({ title }) => title))
            return Array.from({ length: count }, () => 'added' as const)
          })
        },
        drop() {},
      }),
    },
    createReader: () =>
      createProcess({
        startProcess: startNodeProcess,
        program: { module: new URL('./hostile-reader.process.ts', import.meta.url).href, heapMiB: 192 },
        clock,
        idleMs: 0,
        limits: { memoryMiB: 400, startMs: 60_000, quietMs },
        says: { answer: z.null(), part, want },
      }),
    now: () => new Date(),
    zone: 'UTC',
    folder,
  })
  const read = async (files: Readonly<Record<string, string>>, abort = new AbortController()) => {
    const source = folderOf(files)
    const sources = [{ name: 'in', path: source }]
    const id = addImport(prepare, { uid: 'i', name: 'in', at: 't', options: { locked: false }, sources })
    const context = {
      signal: abort.signal,
      progress() {},
      async pace() {
        if (abort.signal.aborted) throw new AppError('CANCELLED')
      },
    }
    await run({ id, sources, options: {}, onKept() {} }, context)
    return {
      titles,
      files: Object.fromEntries(listFiles(prepare, id, { offset: 0, limit: 100 }).map((file) => [file.path, file])),
      problems: Object.fromEntries(
        listProblems(prepare, id, { offset: 0, limit: 100 }).list.map((problem) => [problem.path, problem]),
      ),
    }
  }
  return { read }
}

describe('a reader', () => {
  it.each([
    ['hang', 'too-slow'],
    ['wait', 'too-slow'],
    ['fill', 'out-of-memory'],
    ['map', 'out-of-memory'],
    ['allocate', 'out-of-memory'],
    ['touch', 'out-of-memory'],
    ['leave', 'reader-failed'],
    ['throw', 'reader-failed'],
    ['recurse', 'too-deep'],
  ])('that is brought to %s says why of that file, and everything else arrives', async (act, why) => {
    const { read } = build({ quietMs: why === 'out-of-memory' ? 60_000 : quiet })
    const found = await read({
      '1.txt': 'hostile: behave one',
      '2.txt': `hostile: ${act}`,
      '3.txt': 'hostile: behave two',
    })
    expect(found.titles).toEqual(expect.arrayContaining(['after one', 'after two']))
    expect(found.titles.filter((title) => title === 'after one')).toHaveLength(1)
    expect(found.problems).toEqual({ 'in/2.txt': expect.objectContaining({ why }) })
    expect(Object.values(found.files).map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
    expect(JSON.stringify(found.problems)).not.toContain('secret words')
  })

  it('keeps what a file gave before it brought the reader down', async () => {
    const { read } = build()
    const found = await read({ '1.txt': 'hostile: throw' })
    expect(found.titles).toEqual(['before throw'])
    expect(found.files['in/1.txt']).toMatchObject({ state: 'failed', added: 1, failed: 1 })
  })

  it('has no way to the network and starts nothing', async () => {
    const reached: string[] = []
    const server = createServer((socket) => {
      reached.push('tcp')
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const udp = createSocket('udp4').on('message', () => reached.push('udp'))
    udp.bind(port, '127.0.0.1')
    onTestFinished(() => {
      server.close()
      udp.close()
    })
    const { read } = build()
    const { titles } = await read({ '1.txt': `hostile: call ${port}` })
    const [, ...ways] = titles
    expect(ways.length).toBe(20)
    expect(ways.filter((way) => !way.endsWith(': Offline'))).toEqual([])
    expect(reached).toEqual([])
  })

  it('is where the suite can fail: outside of it, the same ways lead out', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    const reached = once(server, 'connection')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).catch(() => undefined)
    expect(await reached).toHaveLength(1)
  })
})
