// How the claims about files ask, tell the core, and look at what came back.
import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { settle } from '../double/target.ts'
import type { World } from '../double/world.ts'
import { posted, theCore } from './claim.ts'
import { everyAnswer } from './protocol.ts'

export const ticket = 'Ab3-_'.repeat(7).slice(0, 32)
export const good = {
  'content-type': 'application/octet-stream',
  'x-mindkeep-name': '%C3%9Cber/a%201.md',
  'x-mindkeep-bytes': '6',
  'x-mindkeep-changed': '1700000000000',
}

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: ReadableStream<Uint8Array>
}

export function ask(world: World, path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> {
  const handler = world.record.sessions.find(({ partition }) => partition === 'vault')?.served.get('app')
  assert.ok(handler)
  // Not a Request: its parser would tidy what is to be tried.
  const request = { url: `app://vault/${path}`, method, headers: new Headers(headers), body: body ?? null }
  const answer = (async () => await handler(request as Request))()
  // A claim that breaks before it waits for the answer has said what there is to say.
  answer.catch(() => undefined)
  return answer
}

export const upload = (world: World, headers: Readonly<Record<string, string>> = good, body?: Sent['body']) =>
  ask(world, 'upload', { method: 'POST', headers, ...(body === undefined ? {} : { body }) })

/** An upload whose answer nobody waits for. */
export const begin = (...sent: Parameters<typeof upload>): void => void upload(...sent)

/** A body that tells how often it was read, and whether it was given up. */
export function bodyOf(pieces: readonly Uint8Array[]) {
  const seen = { read: 0, cancelled: false }
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[seen.read]
        seen.read += 1
        if (piece === undefined) controller.close()
        else controller.enqueue(piece)
      },
      cancel: () => void (seen.cancelled = true),
    },
    { highWaterMark: 0 },
  )
  return { seen, body }
}

export const tell = (world: World, message: unknown): void => void theCore(world).ear.emit('message', message)

/** Waits for the next message of a kind to the core. */
export async function next(world: World, kind: string, number = 0): Promise<Record<string, unknown>> {
  for (let turn = 0; turn < 1000; turn += 1) {
    const found = posted(theCore(world), kind)[number]
    if (found !== undefined) return found
    // Writing a file takes as long as the disk takes. All else is a matter of turns, and a claim that breaks does so soon.
    if (turn >= 20 && world.record.saveDialogs.length === 0) break
    await (turn < 20 ? settle() : setTimeout(1))
  }
  return assert.fail(`the core was never told ${kind}`)
}

export const outgoing = { name: 'über "alles".html', media: 'text/html', bytes: 6 }

/** Asks for a file, which the core says it has. */
export async function take(world: World, sent: Sent = {}, file: object = outgoing) {
  const answer = ask(world, `download/${ticket}`, sent)
  const { id, ...asked } = await next(world, 'take')
  assert.deepEqual(asked, { kind: 'take', ticket })
  tell(world, { kind: 'reply', id, reply: { ok: true, value: file } })
  return { id, answer }
}

/** The core hands over these pieces, each when it is asked for the next; then it ends, or breaks off. */
export async function give(
  world: World,
  id: unknown,
  { pieces, whole }: { pieces: readonly string[]; whole: boolean },
) {
  for (const [number, piece] of pieces.entries()) {
    assert.equal((await next(world, 'more', number))['id'], id)
    tell(world, { kind: 'piece', id, bytes: new TextEncoder().encode(piece) })
  }
  await next(world, 'more', pieces.length)
  tell(world, { kind: 'end', id, whole })
}

export const withoutType = (answer: Response): object => {
  const { 'content-type': type, ...rest } = Object.fromEntries(answer.headers)
  assert.equal(type, 'application/json')
  return rest
}

export async function isRefused(answer: Response, status: number, code: string, why = code): Promise<void> {
  assert.equal(answer.status, status, why)
  assert.deepEqual(withoutType(answer), everyAnswer, why)
  const reply = (await answer.json()) as { ok: boolean; error: { code: string } }
  assert.deepEqual([reply.ok, reply.error.code], [false, code], why)
}
