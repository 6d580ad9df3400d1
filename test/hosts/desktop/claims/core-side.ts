// Claims about the core process's side of the bridge where files pass over it: no more is asked for than is taken, whatever
// is over is told once, and what nobody waits for does no harm. The files themselves are the core's; here they are lists.
import assert from 'node:assert/strict'
import type { App } from '../../../../electron/core/app.ts'
import type { FromCore } from '../../../../electron/desktop/messages.ts'
import { type Stage, settle } from '../double/target.ts'
import type { Claim } from './claim.ts'
import { beginCore } from './core-scene.ts'

const begin = (stage: Stage, files: Partial<App['files']>) => beginCore(stage, { files: files as App['files'] })

const one = Uint8Array.of(1, 2)
const two = Uint8Array.of(3)
const announced = { kind: 'upload', id: 7, name: 'a/b.md', bytes: 3, changed: 1_700_000_000_000 }
const piece = (bytes: Uint8Array, id = 7) => ({ kind: 'piece', id, bytes })
const more = { kind: 'more', id: 7 }
const stop = { kind: 'stop', id: 7 }
const broken = { kind: 'end', id: 7, whole: false }

/** Files that keep what comes, or have had enough after the first piece. */
function taking({ enough = false } = {}) {
  const came: unknown[] = []
  const receive: App['files']['receive'] = async (file, chunks) => {
    came.push(file)
    for await (const chunk of chunks) {
      came.push(chunk)
      if (enough) throw new Error('/home/person/secret')
    }
    return 'handle'
  }
  return { came, receive }
}

/** Files that hand out these pieces, and tell how often it was over and whether the pieces were closed. */
function giving(pieces: () => AsyncGenerator<Uint8Array, void>) {
  const seen = { over: 0, closed: 0 }
  const take: App['files']['take'] = (ticket) => ({
    name: ticket,
    media: 'text/plain',
    bytes: 3,
    async *chunks() {
      try {
        yield* pieces()
      } finally {
        seen.closed += 1
      }
    },
    over: () => void (seen.over += 1),
  })
  return { seen, take }
}

const taken = { kind: 'take', id: 7, ticket: 'a ticket' }
const shown = { ok: true, value: { name: 'a ticket', media: 'text/plain', bytes: 3 } }
async function* both(): AsyncGenerator<Uint8Array, void> {
  yield one
  yield two
}

const codeIn = (message: FromCore | undefined): unknown =>
  message?.kind === 'reply' && !message.reply.ok ? message.reply.error.code : message

export const coreSideClaims: readonly Claim[] = [
  {
    says: 'asks for an upload a piece at a time, and says when it needs no more',
    async holds(stage) {
      const { came, receive } = taking()
      const { tell, posted } = await begin(stage, { receive })
      await tell(announced)
      assert.deepEqual(posted, [more])
      await tell(piece(one))
      assert.deepEqual(posted, [more, more])
      await tell(piece(two))
      await tell({ kind: 'end', id: 7, whole: true })
      const reply = { kind: 'reply', id: 7, reply: { ok: true, value: { handle: 'handle' } } }
      assert.deepEqual(posted, [more, more, more, stop, reply])
      assert.deepEqual(came, [{ name: 'a/b.md', bytes: 3, changed: 1_700_000_000_000 }, one, two])
    },
  },
  {
    says: 'gives an upload up when the rest of it does not come',
    async holds(stage) {
      const { came, receive } = taking()
      const { tell, posted } = await begin(stage, { receive })
      await tell(announced)
      await tell(piece(one))
      await tell(broken)
      assert.deepEqual(posted.slice(0, -1), [more, more, stop])
      assert.equal(codeIn(posted.at(-1)), 'CANCELLED')
      assert.equal(came.length, 2)
    },
  },
  {
    says: 'asks for nothing after the files had enough, and tells nothing of why',
    async holds(stage) {
      const { receive } = taking({ enough: true })
      const { tell, posted } = await begin(stage, { receive })
      await tell(announced)
      await tell(piece(one))
      assert.deepEqual(posted.slice(0, -1), [more, stop])
      assert.equal(codeIn(posted.at(-1)), 'INTERNAL')
      assert.doesNotMatch(JSON.stringify(posted), /secret/)
    },
  },
  {
    says: 'hands a file out a piece at a time, and only when it is asked; then it is over, once',
    async holds(stage) {
      const { seen, take } = giving(both)
      const { tell, posted } = await begin(stage, { take })
      await tell(taken)
      assert.deepEqual(posted, [{ kind: 'reply', id: 7, reply: shown }])
      await tell(more)
      assert.deepEqual(posted.slice(1), [piece(one)])
      await tell(more)
      assert.deepEqual(seen, { over: 0, closed: 0 })
      await tell(more)
      assert.deepEqual(posted.slice(1), [piece(one), piece(two), { kind: 'end', id: 7, whole: true }])
      assert.deepEqual(seen, { over: 1, closed: 1 })
      await tell(more)
      await tell(stop)
      assert.deepEqual(posted.at(-1), broken, 'there is no such file any more')
      assert.deepEqual(seen, { over: 1, closed: 1 })
    },
  },
  {
    says: 'keeps files that go out side by side apart',
    async holds(stage) {
      const { seen, take } = giving(both)
      const { tell, posted } = await begin(stage, { take })
      await tell(taken)
      await tell({ ...taken, id: 8 })
      await tell(more)
      await tell({ kind: 'more', id: 8 })
      await tell(stop)
      assert.deepEqual(seen, { over: 1, closed: 1 })
      await tell({ kind: 'more', id: 8 })
      assert.deepEqual(posted.slice(2), [piece(one), piece(one, 8), piece(two, 8)])
    },
  },
  {
    says: 'hands nothing over that was called off in the meantime',
    async holds(stage) {
      const late = Promise.withResolvers<Uint8Array>()
      const { seen, take } = giving(async function* () {
        yield await late.promise
      })
      const { tell, posted } = await begin(stage, { take })
      await tell(taken)
      await tell(more)
      await tell(stop)
      assert.deepEqual(seen, { over: 1, closed: 0 })
      late.resolve(one)
      await settle()
      assert.deepEqual(seen, { over: 1, closed: 1 })
      assert.equal(posted.length, 1)
    },
  },
  {
    says: 'says that the rest does not come, and nothing of why, when a file cannot be read on',
    async holds(stage) {
      const { seen, take } = giving(async function* () {
        yield one
        throw new Error('/home/person/secret')
      })
      const { tell, posted } = await begin(stage, { take })
      await tell(taken)
      await tell(more)
      await tell(more)
      assert.deepEqual(posted.slice(1), [piece(one), broken])
      assert.deepEqual(seen, { over: 1, closed: 1 })
    },
  },
]
