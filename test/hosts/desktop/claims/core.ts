// Claims about the core process: how it is started, what it may ask for, and what happens when it dies or will not end.
import assert from 'node:assert/strict'
import { heapFlags } from '../../../../electron/core/ports.ts'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { settle } from '../double/target.ts'
import type { World } from '../double/world.ts'
import { allFromCore, spoilt } from './messages.ts'
import { type Claim, answersCode, answerTo, call, fromPage, posted, theCore, theWindow } from './claim.ts'
import { lockedStatus } from '../../../support/canned.ts'

const secret = Uint8Array.from({ length: 32 }, (_, index) => index)

/** The core asks, and this is what comes back to it. */
async function ask(world: World, question: Record<string, unknown>): Promise<Record<string, unknown> | undefined> {
  const core = theCore(world)
  const before = core.posted.length
  core.ear.emit('message', { kind: 'ask', id: 41, question })
  // Writing a file takes as long as the disk takes.
  for (let turn = 0; turn < 500 && core.posted.length === before; turn += 1) await setTimeout(1)
  return core.posted[before] as Record<string, unknown> | undefined
}

const die = (world: World): void => void theCore(world).ear.emit('exit', 9)

export const coreClaims: readonly Claim[] = [
  {
    says: 'starts the core in a process of its own and tells it where the vault is',
    async holds({ start, folder }) {
      const world = await start()
      const core = theCore(world)
      assert.equal(core.modulePath, join(folder, 'out', 'main', 'core.js'))
      assert.equal(core.options?.serviceName, 'Mindkeep vault')
      assert.deepEqual(core.options.execArgv, heapFlags({}))
      const config = {
        host: 'desktop',
        version: '1.2.3',
        folder: join(folder, 'vault'),
        stateFolder: join(folder, 'state'),
      }
      assert.deepEqual(core.posted, [{ kind: 'start', config }])
    },
  },
  {
    says: 'seals and opens a secret with the system’s own store',
    async holds({ start }) {
      const world = await start()
      assert.deepEqual(await ask(world, { port: 'secret.usable' }), { kind: 'answer', id: 41, answer: true })
      const given = Uint8Array.from(secret)
      const sealed = await ask(world, { port: 'secret.seal', secret: given })
      assert.equal(sealed?.['kind'], 'answer')
      assert.notDeepEqual(sealed?.['answer'], secret)
      assert.deepEqual(given, new Uint8Array(32), 'the copy that was passed over is wiped')
      const opened = await ask(world, { port: 'secret.open', sealed: sealed?.['answer'] })
      assert.deepEqual(opened, { kind: 'answer', id: 41, answer: secret })
    },
  },
  {
    says: 'refuses a secret store that would keep secrets in the clear',
    async holds({ start }) {
      for (const backend of ['basic_text', 'unknown'] as const) {
        const world = await start({ backend })
        assert.deepEqual(await ask(world, { port: 'secret.usable' }), {
          kind: 'answer',
          id: 41,
          answer: process.platform !== 'linux',
        })
        if (process.platform !== 'linux') continue
        const refusal = { kind: 'refusal', id: 41, code: 'DEVICE_KEY_UNAVAILABLE' }
        assert.deepEqual(await ask(world, { port: 'secret.seal', secret: Uint8Array.from(secret) }), refusal)
        assert.deepEqual(await ask(world, { port: 'secret.open', sealed: Uint8Array.from(secret) }), refusal)
      }
    },
  },
  {
    says: 'refuses a secret store that the system does not offer',
    async holds({ start }) {
      const world = await start({ encryption: false })
      assert.deepEqual(await ask(world, { port: 'secret.usable' }), { kind: 'answer', id: 41, answer: false })
      const refusal = { kind: 'refusal', id: 41, code: 'DEVICE_KEY_UNAVAILABLE' }
      assert.deepEqual(await ask(world, { port: 'secret.seal', secret: Uint8Array.from(secret) }), refusal)
    },
  },
  {
    says: 'saves a file where the person chose, for the person alone',
    async holds({ start, folder }) {
      const saveAs = join(folder, `kit-${Math.random()}.txt`)
      const world = await start({ saveAs })
      const answer = await ask(world, { port: 'saveFile', name: '../../etc\\kit.txt', text: 'words' })
      assert.deepEqual(answer, { kind: 'answer', id: 41, answer: true })
      assert.equal(readFileSync(saveAs, 'utf8'), 'words')
      if (process.platform !== 'win32') assert.equal(statSync(saveAs).mode & 0o777, 0o600)
      const [asked] = world.record.saveDialogs
      assert.deepEqual(asked?.options, { defaultPath: 'kit.txt', properties: ['showOverwriteConfirmation'] })
      assert.equal(asked?.over, theWindow(world).window, 'the question belongs to the window')
    },
  },
  {
    says: 'saves nothing when the person cancels, and says so when it cannot',
    async holds({ start, folder }) {
      const chosen = join(folder, `cancelled-${Math.random()}.txt`)
      for (const options of [
        { saveAs: chosen, saveCancelled: true },
        { saveAs: '', saveCancelled: false },
      ]) {
        const world = await start(options)
        // Without a window the question stands alone.
        theWindow(world).ear.emit('closed')
        const answer = await ask(world, { port: 'saveFile', name: 'kit.txt', text: 'words' })
        assert.deepEqual(answer, { kind: 'answer', id: 41, answer: false })
        assert.equal(world.record.saveDialogs[0]?.over, undefined)
      }
      assert.equal(existsSync(chosen), false)
      const saveAs = join(folder, 'no-such-folder', 'kit.txt')
      const failed = await ask(await start({ saveAs }), { port: 'saveFile', name: 'kit.txt', text: 'words' })
      assert.deepEqual(failed, { kind: 'refusal', id: 41, code: 'FILE_NOT_SAVED' })
      assert.equal(existsSync(saveAs), false)
    },
  },
  {
    says: 'asks which files or folders are meant, and answers with none when the person cancels',
    async holds({ start }) {
      const picked = ['/home/ada/a.zip', '/home/ada/b.zip']
      const world = await start({ picked })
      assert.deepEqual(await ask(world, { port: 'pickFiles', what: 'files' }), {
        kind: 'answer',
        id: 41,
        answer: picked,
      })
      assert.deepEqual(await ask(world, { port: 'pickFiles', what: 'folder' }), {
        kind: 'answer',
        id: 41,
        answer: picked,
      })
      const [files, folder] = world.record.openDialogs
      assert.deepEqual(files?.options, { properties: ['openFile', 'multiSelections'] })
      assert.deepEqual(folder?.options, { properties: ['openDirectory', 'multiSelections'] })
      assert.equal(files?.over, theWindow(world).window, 'the question belongs to the window')
      const cancelled = await start({ picked, pickCancelled: true })
      theWindow(cancelled).ear.emit('closed')
      const none = await ask(cancelled, { port: 'pickFiles', what: 'files' })
      assert.deepEqual(none, { kind: 'answer', id: 41, answer: [] })
      assert.equal(cancelled.record.openDialogs[0]?.over, undefined)
    },
  },
  {
    says: 'ignores what is not a message of the core',
    async holds({ start }) {
      const world = await start()
      const before = theCore(world).posted.length
      for (const message of [
        undefined,
        null,
        'ready',
        {},
        { kind: 'quit' },
        { kind: 'ask', id: 1, question: { port: 'shell' } },
        ...[undefined, null, 'x', {}].flatMap((of) => [
          { kind: 'event', event: of },
          { kind: 'reply', id: 1, reply: of },
        ]),
        ...allFromCore.flatMap(spoilt),
      ]) {
        theCore(world).ear.emit('message', message)
      }
      await settle()
      assert.equal(theCore(world).posted.length, before)
      assert.deepEqual(theWindow(world).page.sent, [])
      const { children, saveDialogs, openDialogs, errors, exits } = world.record
      assert.deepEqual([children.length, theCore(world).killed], [1, false])
      assert.deepEqual([saveDialogs, openDialogs, errors, exits], [[], [], [], []])
    },
  },
  {
    says: 'says that a process weighs nothing where the system does not tell what it weighs',
    async holds({ start }) {
      const world = await start({ metrics: false })
      const core = theCore(world)
      core.ear.emit('message', { kind: 'startProcess', id: 3, name: 'reader.process', heapMiB: 200 })
      await settle()
      assert.deepEqual(posted(core, 'processWeighs'), [{ kind: 'processWeighs', id: 3, bytes: 0 }])
    },
  },
  {
    says: 'is not troubled by a new core that cannot say how the vault is',
    async holds({ start }) {
      const world = await start()
      die(world)
      const troubles: unknown[] = []
      const note = (error: unknown): void => void troubles.push(error)
      process.on('unhandledRejection', note)
      try {
        theCore(world).ear.emit('message', { kind: 'ready' })
        await settle()
        const [asked] = posted(theCore(world), 'call')
        const error = { code: 'INTERNAL', message: 'A sentence.', details: {} }
        theCore(world).ear.emit('message', { kind: 'reply', id: asked?.['id'], reply: { ok: false, error } })
        await settle()
      } finally {
        process.off('unhandledRejection', note)
      }
      assert.deepEqual([troubles, theWindow(world).page.sent], [[], []])
    },
  },
  {
    says: 'says why when the core cannot start, and ends',
    async holds({ start }) {
      const world = await start()
      const error = { code: 'FOLDER_UNUSABLE', message: 'The vault folder cannot be read.', details: {} }
      theCore(world).ear.emit('message', { kind: 'failed', error })
      assert.deepEqual(world.record.errors, ['The vault folder cannot be read.'])
      assert.deepEqual(world.record.titles, ['Mindkeep'])
      assert.deepEqual(world.record.exits, [1])
    },
  },
  {
    says: 'starts a new core when one dies, and tells whoever was waiting',
    async holds({ start }) {
      const world = await start()
      const first = theCore(world)
      first.ear.emit('message', { kind: 'ready' })
      assert.deepEqual(world.record.notifications, [], 'the first start is no news')
      const waiting = call(world, fromPage(theWindow(world)), 'vault.status', {})
      await settle()
      die(world)
      answersCode(await waiting, 'CORE_STOPPED')
      assert.equal(world.record.children.length, 2)
      assert.deepEqual(theCore(world).posted, first.posted.slice(0, 1), 'it is told the same folders')
      first.ear.emit('message', { kind: 'event', event: { event: 'backups.changed', payload: {} } })
      assert.deepEqual(theWindow(world).page.sent, [], 'what a dead core said last is not heard')
    },
  },
  {
    says: 'says that the vault is locked again after the core died',
    async holds({ start }) {
      const world = await start()
      die(world)
      theCore(world).ear.emit('message', { kind: 'ready' })
      await settle()
      assert.match(world.record.notifications[0]?.options.body ?? '', /locked/)
      const [asked] = posted(theCore(world), 'call')
      assert.equal(asked?.['method'], 'vault.status')
      theCore(world).ear.emit('message', { kind: 'reply', id: asked?.['id'], reply: { ok: true, value: lockedStatus } })
      await settle()
      assert.deepEqual(theWindow(world).page.sent, [['api:event', { event: 'vault.changed', payload: lockedStatus }]])
    },
  },
  {
    says: 'does not answer a new core’s question with the answer to the old one’s',
    async holds({ start }) {
      const world = await start()
      theCore(world).ear.emit('message', { kind: 'ask', id: 1, question: { port: 'secret.usable' } })
      die(world)
      await settle()
      assert.deepEqual(posted(theCore(world), 'answer'), [])
    },
  },
  {
    says: 'starts a process of our own for the core, and hands a channel to each of the two',
    async holds({ start, folder }) {
      const world = await start()
      const core = theCore(world)
      core.ear.emit('message', { kind: 'startProcess', id: 3, name: 'reader.process', heapMiB: 200 })
      await settle()
      const reader = theCore(world)
      assert.notEqual(reader, core)
      assert.equal(reader.modulePath, join(folder, 'out', 'main', 'reader.process.js'))
      assert.equal(reader.options?.serviceName, 'Mindkeep reader')
      assert.deepEqual(reader.options.execArgv, heapFlags({ heapMiB: 200 }))
      assert.equal(reader.options.stdio, 'ignore')
      assert.deepEqual(posted(core, 'processStarted'), [{ kind: 'processStarted', id: 3 }])
      assert.deepEqual(posted(core, 'processWeighs'), [{ kind: 'processWeighs', id: 3, bytes: 2_048_000 }])
      const [ofCore] = core.ports
      const [ofReader] = reader.ports
      const heard: unknown[] = []
      ofReader?.on('message', ({ data }) => heard.push(data))
      ofReader?.start()
      ofCore?.postMessage({ question: 1 })
      await settle()
      assert.deepEqual(heard, [{ question: 1 }])
    },
  },
  {
    says: 'ends a process when the core says so, and tells the core of every end, and whether it had no memory left',
    async holds({ start }) {
      const world = await start()
      const core = theCore(world)
      core.ear.emit('message', { kind: 'startProcess', id: 1, name: 'reader.process', heapMiB: 200 })
      core.ear.emit('message', { kind: 'startProcess', id: 2, name: 'reader.process', heapMiB: 200 })
      const [, first, second] = world.record.children
      core.ear.emit('message', { kind: 'killProcess', id: 1 })
      assert.deepEqual([first?.killed, second?.killed], [true, false])
      second?.ear.emit('error', 'FatalError')
      second?.ear.emit('exit', 5)
      await settle()
      assert.deepEqual(posted(core, 'processEnded'), [
        { kind: 'processEnded', id: 1, isFull: false },
        { kind: 'processEnded', id: 2, isFull: true },
      ])
      assert.equal(world.record.children.length, 3)
    },
  },
  {
    says: 'starts nothing for the core that is no process of ours',
    async holds({ start }) {
      const world = await start()
      for (const name of ['../../evil.process', 'core', 'reader.process.js', 'C:\\evil.process', '/bin/evil.process']) {
        theCore(world).ear.emit('message', { kind: 'startProcess', id: 1, name, heapMiB: 200 })
      }
      await settle()
      assert.equal(world.record.children.length, 1)
    },
  },
  {
    says: 'lets no process outlive the core that it works for',
    async holds({ start }) {
      const world = await start()
      const core = theCore(world)
      core.ear.emit('message', { kind: 'startProcess', id: 1, name: 'reader.process', heapMiB: 200 })
      core.ear.emit('exit', 9)
      await settle()
      const [, reader, next] = world.record.children
      assert.equal(reader?.killed, true)
      assert.deepEqual(
        next?.posted.map((message) => (message as { kind: string }).kind),
        ['start'],
      )
    },
  },
  {
    says: 'lives on when the core has no memory left',
    async holds({ start }) {
      const world = await start()
      assert.equal(theCore(world).ear.emit('error', 'FatalError'), true)
    },
  },
  {
    says: 'gives up on a core that keeps dying, says so, and ends',
    async holds({ start }) {
      const world = await start()
      for (let death = 0; death < 3; death += 1) die(world)
      assert.equal(world.record.children.length, 4)
      assert.deepEqual(world.record.exits, [])
      die(world)
      assert.equal(world.record.children.length, 4)
      assert.equal(world.record.errors.length, 1)
      assert.deepEqual(world.record.exits, [1])
      answersCode(await answerTo(world, fromPage(theWindow(world)), 'vault.status', {}), 'CORE_STOPPED')
    },
  },
]
