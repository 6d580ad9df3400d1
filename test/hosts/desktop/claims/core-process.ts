// Claims about the core process's side of the bridge: what it tells the app and the main process, what it asks for, that it
// outlives whatever fails, and that it hears nothing but messages.
import assert from 'node:assert/strict'
import type { Reply } from '../../../../shared/api/api.ts'
import { systemClock } from '../../../../electron/core/ports.ts'
import type { FromCore } from '../../../../electron/desktop/messages.ts'
import type { Port } from '../../../../electron/desktop/started.ts'
import { AppError } from '../../../../shared/errors.ts'
import { settle } from '../double/target.ts'
import type { Claim } from './claim.ts'
import { beginCore } from './core-scene.ts'
import { allToCore, spoilt } from './messages.ts'

const secret = () => new Error('/home/person/secret')
const refused = (code: ConstructorParameters<typeof AppError>[0]): Reply => ({
  ok: false,
  error: new AppError(code).toShape(),
})
const call = { kind: 'call', id: 7, method: 'vault.status', input: { any: 'thing' } }
const replied = (reply: Reply, id = 7): FromCore => ({ kind: 'reply', id, reply })
const some = Uint8Array.of(1, 2)

export const coreProcessClaims: readonly Claim[] = [
  {
    says: 'hands the app its folders, a clock and a log, and passes on what it tells',
    async holds(stage) {
      const { posted, lent, config, told, emit, logged } = await beginCore(stage)
      assert.deepEqual(told(), config)
      assert.equal(lent().clock, systemClock)
      lent().log.write('core.test', { kind: 'a-word' })
      assert.deepEqual(logged(), [{ event: 'core.test', kind: 'a-word' }])
      const event = { event: 'backups.changed', payload: {} } as const
      emit(event)
      assert.deepEqual(posted, [{ kind: 'event', event }])
    },
  },
  {
    says: 'says why there is no app, with nothing of what it was, and answers all the same',
    async holds(stage) {
      for (const [error, code] of [
        [stage.refusal('FOLDER_UNUSABLE'), 'FOLDER_UNUSABLE'],
        [secret(), 'INTERNAL'],
      ] as const) {
        const { tell, posted, logged } = await beginCore(stage, error)
        assert.deepEqual(posted.splice(0), [{ kind: 'failed', error: new AppError(code).toShape() }])
        await tell(call)
        await tell({ kind: 'upload', id: 8, name: 'a', bytes: 1 })
        await tell({ kind: 'take', id: 9, ticket: 'a ticket' })
        await tell({ kind: 'suspend' })
        await tell({ kind: 'close' })
        assert.deepEqual(posted, [
          replied(refused('CORE_STOPPED')),
          replied(refused('CORE_STOPPED'), 8),
          replied(refused('NO_SUCH_FILE'), 9),
          { kind: 'closed' },
        ])
        assert.deepEqual(logged(), [])
      }
    },
  },
  {
    says: 'answers a call with what the app answers to it',
    async holds(stage) {
      const dispatch = async (method: string, input: unknown): Promise<Reply> => ({
        ok: true,
        value: { method, input },
      })
      const { tell, posted } = await beginCore(stage, { dispatch })
      await tell(call)
      assert.deepEqual(posted, [replied({ ok: true, value: { method: call.method, input: call.input } })])
    },
  },
  {
    says: 'answers a call that failed outside every rule, with nothing of why, and notes it',
    async holds(stage) {
      for (const [error, code] of [
        [stage.refusal('KEYS_DAMAGED'), 'KEYS_DAMAGED'],
        [secret(), 'INTERNAL'],
      ] as const) {
        const { tell, posted, logged } = await beginCore(stage, { dispatch: () => Promise.reject(error) })
        await tell(call)
        assert.deepEqual(posted, [replied(refused('INTERNAL'))])
        assert.deepEqual(logged(), [{ event: 'core.failed', kind: 'call', code }])
      }
    },
  },
  {
    says: 'says what is wrong with a file, and notes what should not have been',
    async holds(stage) {
      for (const [error, code, noted] of [
        [stage.refusal('DISK_FULL'), 'DISK_FULL', []],
        [secret(), 'INTERNAL', [{ event: 'core.failed', kind: 'upload', code: 'INTERNAL' }]],
      ] as const) {
        const files = { offer: () => [], take: () => undefined, receive: () => Promise.reject(error) }
        const { tell, posted, logged } = await beginCore(stage, { files })
        await tell({ kind: 'upload', id: 7, name: 'a', bytes: 1 })
        assert.deepEqual(posted, [replied(refused(code))])
        assert.deepEqual(logged(), noted)
      }
    },
  },
  {
    says: 'locks when the computer sleeps, and lives on when it cannot',
    async holds(stage) {
      let slept = 0
      const sound = await beginCore(stage, { suspend: async () => void (slept += 1) })
      await sound.tell({ kind: 'suspend' })
      assert.deepEqual([slept, sound.posted, sound.logged()], [1, [], []])

      const failing = await beginCore(stage, { suspend: () => Promise.reject(stage.refusal('KEYS_DAMAGED')) })
      await failing.tell({ kind: 'suspend' })
      assert.deepEqual(failing.logged(), [{ event: 'core.failed', kind: 'suspend', code: 'KEYS_DAMAGED' }])
      await failing.tell(call)
      assert.deepEqual(failing.posted, [replied({ ok: true, value: true })])
    },
  },
  {
    says: 'says that it closed once it has, so that quitting need not wait, and also when that fails',
    async holds(stage) {
      const late = Promise.withResolvers<void>()
      const { tell, posted } = await beginCore(stage, { close: () => late.promise })
      await tell({ kind: 'close' })
      assert.deepEqual(posted, [])
      late.resolve()
      await settle()
      assert.deepEqual(posted, [{ kind: 'closed' }])

      const failing = await beginCore(stage, { close: () => Promise.reject(secret()) })
      await failing.tell({ kind: 'close' })
      assert.deepEqual(failing.posted, [{ kind: 'closed' }])
      assert.deepEqual(failing.logged(), [{ event: 'core.failed', kind: 'close', code: 'INTERNAL' }])
    },
  },
  {
    says: 'asks the desktop for what the app needs of it, and gives each question its own answer',
    async holds(stage) {
      const { tell, posted, lent, logged } = await beginCore(stage)
      const { secretStore, saveFile, pickFiles } = lent()
      const questions = [
        { port: 'secret.usable' },
        { port: 'secret.seal', secret: some },
        { port: 'secret.open', sealed: some },
        { port: 'saveFile', name: 'kit.txt', text: 'words' },
        { port: 'pickFiles', what: 'folder' },
      ]
      const answers = Promise.all([
        secretStore?.usable(),
        secretStore?.seal(some),
        secretStore?.open(some),
        saveFile?.('kit.txt', 'words'),
        pickFiles?.('folder'),
      ])
      answers.catch(() => undefined)
      assert.deepEqual(
        posted,
        questions.map((question, at) => ({ kind: 'ask', id: at + 1, question })),
      )
      await tell({ kind: 'answer', id: 99, answer: true })
      await tell({ kind: 'answer', id: 5, answer: ['/home/ada/a'] })
      await tell({ kind: 'answer', id: 3, answer: Uint8Array.of(3) })
      await tell({ kind: 'answer', id: 2, answer: Uint8Array.of(2) })
      await tell({ kind: 'answer', id: 4, answer: false })
      await tell({ kind: 'answer', id: 1, answer: true })
      assert.deepEqual(await answers, [true, Uint8Array.of(2), Uint8Array.of(3), false, ['/home/ada/a']])
      assert.deepEqual(logged(), [], 'an answer to nothing is no failure')
    },
  },
  {
    says: 'takes a refusal, and an answer of another kind, for no answer',
    async holds(stage) {
      const { tell, lent } = await beginCore(stage)
      const { secretStore, pickFiles, saveFile } = lent()
      const sealing = secretStore?.seal(some)
      const opening = secretStore?.open(some)
      const picking = pickFiles?.('files')
      const saving = saveFile?.('a', 'b')
      const usable = secretStore?.usable()
      const refusals = [
        assert.rejects(async () => await sealing, { code: 'DEVICE_KEY_FAILED' }),
        assert.rejects(async () => await opening, { code: 'DEVICE_KEY_UNAVAILABLE' }),
        assert.rejects(async () => await saving, { code: 'FILE_NOT_SAVED' }),
      ]
      await tell({ kind: 'answer', id: 1, answer: true })
      await tell({ kind: 'refusal', id: 2, code: 'DEVICE_KEY_UNAVAILABLE' })
      await tell({ kind: 'answer', id: 3, answer: true })
      await tell({ kind: 'refusal', id: 4, code: 'FILE_NOT_SAVED' })
      await tell({ kind: 'answer', id: 5, answer: some })
      await Promise.all(refusals)
      assert.deepEqual([await picking, await usable], [[], false])
    },
  },
  {
    says: 'asks for a process, talks to it over the channel that comes, and is told of its end',
    async holds(stage) {
      const { tell, posted, lent } = await beginCore(stage)
      const heard: unknown[] = []
      const ended: boolean[] = []
      const program = { module: 'file:///app/reader.process.ts', heapMiB: 200 }
      const reader = lent().startProcess?.(program, {
        message: (message) => void heard.push(message),
        ended: (isFull) => void ended.push(isFull),
      })
      assert.deepEqual(posted.splice(0), [{ kind: 'startProcess', id: 1, name: 'reader.process', heapMiB: 200 }])
      reader?.post('early')
      const said: unknown[] = []
      let hear = (_message: { readonly data: unknown }): void => undefined
      const port: Port = {
        postMessage: (message) => void said.push(message),
        on: (_event, listener) => (hear = listener),
        start: () => void said.push('started'),
        close: () => void said.push('closed'),
      }
      await tell({ kind: 'processStarted', id: 1 }, port)
      reader?.post('late')
      hear({ data: 'a record' })
      await tell({ kind: 'processWeighs', id: 1, bytes: 4096 })
      assert.equal(reader?.memory(), 4096)
      reader.kill()
      assert.deepEqual(posted, [{ kind: 'killProcess', id: 1 }])
      await tell({ kind: 'processEnded', id: 1, isFull: true })
      assert.deepEqual([heard, said, ended], [['a record'], ['started', 'early', 'late', 'closed'], [true]])
    },
  },
  {
    says: 'hears nothing that is not a message of the main process, and notes that it came',
    async holds(stage) {
      const { tell, posted, logged } = await beginCore(stage)
      const wrong = [undefined, null, 'close', {}, { kind: 'quit' }, ...allToCore.flatMap(spoilt)]
      for (const message of wrong) await tell(message)
      assert.deepEqual(posted, [])
      assert.deepEqual(
        logged(),
        wrong.map(() => ({ event: 'core.refused', reason: 'unknown-message' })),
      )
    },
  },
]
