// Readers that somebody ends: a computer short of memory, a person, a crash. Wherever that happens, everything arrives once;
// and an import is never over while something it had begun with was not read to its end and nothing says so.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { StartProcess } from '../../../electron/core/ports.ts'
import { startNodeProcess } from '../../../electron/core/processes.ts'
import { AppError } from '../../../shared/errors.ts'
import { createRandom } from '../../support/random.ts'
import { readingProcesses } from './reading-processes.ts'
import { folderOf } from './support.ts'

const count = 2000
const titles = Array.from({ length: count }, (_, at) => `item ${at}`)

/** Each reader of these is ended from outside when it has said so many things; those after them live. */
function endedAfter(messages: readonly number[]): { readonly start: StartProcess; readonly started: () => number } {
  let started = 0
  return {
    started: () => started,
    start(program, { message, ended }) {
      const most = messages[started] ?? Number.POSITIVE_INFINITY
      started += 1
      let heard = 0
      const process = startNodeProcess(program, {
        ended,
        message(said) {
          heard += 1
          if (heard > most) process.kill()
          else message(said)
        },
      })
      return process
    },
  }
}

/** What each says is heard a while later, and what it is told comes late. */
function delayed(random: ReturnType<typeof createRandom>): StartProcess {
  return (program, { message, ended }) => {
    let turn = Promise.resolve()
    const later = (act: () => void) => {
      turn = turn.then(() => pause(random.int(15))).then(act)
    }
    const process = startNodeProcess(program, { message: (said) => later(() => message(said)), ended })
    return { ...process, post: (said) => later(() => process.post(said)) }
  }
}

const whole = { '1.txt': 'hostile: behave one', '2.txt': `hostile: count ${count}`, '3.txt': 'hostile: behave two' }
const expected = ['before behave', 'after one', 'before count', ...titles, 'before behave', 'after two']
const done = { 'in/1.txt': 'done', 'in/2.txt': 'done', 'in/3.txt': 'done' }

function statesOf(files: Readonly<Record<string, { readonly state: string }>>) {
  return Object.fromEntries(Object.entries(files).map(([path, { state }]) => [path, state]))
}

describe('a reader that is ended from outside', () => {
  // Its first sign, the first files, the first bytes, in the middle, and near the end.
  it.each([[[0, 0]], [[2]], [[4]], [[7]], [[11]]])(
    'after %j of its messages is followed by one that goes on',
    async (at) => {
      const readers = endedAfter(at)
      const found = await readingProcesses({ startProcess: readers.start }).read(whole)
      expect(found.problems).toEqual({})
      expect(found.titles).toEqual(expected)
      expect(statesOf(found.files)).toEqual(done)
      expect(readers.started()).toBe(at.length + 1)
    },
  )

  it('and slow to hear and to be heard, loses nothing', async () => {
    const found = await readingProcesses({ startProcess: delayed(createRandom(7)), quietMs: 60_000 }).read(whole)
    expect([found.problems, found.titles]).toEqual([{}, expected])
  })

  it('at one place over and over costs that file, says so, and nothing else', async () => {
    const found = await readingProcesses({ startProcess: endedAfter([8, 8, 8, 8]).start }).read(whole)
    const failed = Object.entries(statesOf(found.files)).filter(([, state]) => state !== 'done')
    expect(failed.map(([path]) => path)).toEqual(Object.keys(found.problems))
  })
})

describe('what the core would not believe', () => {
  it('is not sent: it costs itself, and nothing beside it', async () => {
    const found = await readingProcesses().read({ '1.txt': 'hostile: lie 17', '2.txt': 'hostile: behave two' })
    expect(found.titles).toEqual(['before lie', 'before behave', 'after two'])
    expect(found.problems).toEqual({ 'in/1.txt': expect.objectContaining({ why: 'damaged', at: 17 }) })
  })

  it('and is sent all the same ends its reader, and is laid to the file that it is of', async () => {
    const startProcess: StartProcess = (program, events) =>
      startNodeProcess(program, {
        ...events,
        message: (said) =>
          events.message(JSON.stringify(said).includes('after spoilt') ? { part: [{ found: 'anything' }] } : said),
      })
    const files = Object.fromEntries(
      ['one', 'spoilt', 'two', 'three', 'four'].map((word, at) => [`${at}.txt`, `hostile: behave ${word}`]),
    )
    const found = await readingProcesses({ startProcess }).read(files)
    expect(found.problems).toEqual({ 'in/1.txt': expect.objectContaining({ why: 'reader-failed' }) })
    expect(found.titles.filter((title) => title.startsWith('after'))).toEqual([
      'after one',
      'after two',
      'after three',
      'after four',
    ])
  })
})

describe('a file that was begun', () => {
  /** Stopped when something of the file is kept. */
  async function cutShort(source: string) {
    const stopping = new AbortController()
    const readers = readingProcesses({
      startProcess: (program, events) =>
        startNodeProcess(program, {
          ...events,
          message(said) {
            events.message(said)
            if (
              typeof said === 'object' &&
              said !== null &&
              'part' in said &&
              JSON.stringify(said).includes('item 100')
            )
              setImmediate(() => stopping.abort())
          },
        }),
    })
    const id = readers.begin(source)
    await expect(readers.goOn(id, source, stopping)).rejects.toEqual(new AppError('CANCELLED'))
    return { ...readers, id, kept: readers.titles.length }
  }

  it('and is gone when it is gone on with is told, and is not done', async () => {
    const source = folderOf(whole)
    const { goOn, id, kept } = await cutShort(source)
    expect(kept).toBeGreaterThan(0)
    rmSync(join(source, '2.txt'))
    const found = await goOn(id, source)
    expect(found.problems).toEqual({ 'in/2.txt': expect.objectContaining({ why: 'gone' }) })
    expect(statesOf(found.files)).toEqual({ ...done, 'in/2.txt': 'failed' })
  })

  it('and has become shorter than what is kept of it is told, and is not done', async () => {
    const source = folderOf(whole)
    const { goOn, id } = await cutShort(source)
    writeFileSync(join(source, '2.txt'), 'hostile: count 3')
    const found = await goOn(id, source)
    expect(found.problems).toEqual({ 'in/2.txt': expect.objectContaining({ why: 'cut-short' }) })
  })
})

describe('a vault that is locked while the end of a reader is looked into', () => {
  it('is told nothing more of that file: by then it may be open again, or another one', async () => {
    const abort = new AbortController()
    let [deaths, kill, gone] = [0, () => {}, Promise.resolve()]
    const startProcess: StartProcess = (program, { message, ended }) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const started = startNodeProcess(program, {
        message,
        ended(how) {
          ended(how)
          resolve()
        },
      })
      kill = started.kill
      gone = promise
      return started
    }
    // Each dies at the same place, and the second one as the vault is locked.
    const onStage = async () => {
      deaths += 1
      kill()
      await gone
      await pause(10)
      if (deaths === 2) abort.abort(new AppError('VAULT_LOCKED'))
      throw new Error('it is gone')
    }
    const { begin, goOn, results } = readingProcesses({ startProcess, onStage })
    const source = folderOf({ '1.txt': `hostile: count ${count}` })
    const id = begin(source)
    await expect(goOn(id, source, abort)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(deaths).toBe(2)
    expect([statesOf(results(id).files), results(id).problems]).toEqual([{ 'in/1.txt': 'waiting' }, {}])
  })
})
