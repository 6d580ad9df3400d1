// What a claim is, and the small steps that several of them share. Claims are plain functions, so that the same ones run
// against the sources, against every mutant and against the built app.
import assert from 'node:assert/strict'
import { createEvent } from '../double/emitter.ts'
import type { ChildRecord, World } from '../double/world.ts'
import type { PageRecord, WindowRecord } from '../double/pages.ts'
import { type Stage, settle } from '../double/target.ts'

export interface Claim {
  readonly says: string
  readonly holds: (stage: Stage) => Promise<void>
}

export const theWindow = (world: World): WindowRecord => {
  assert.equal(world.record.windows.length, 1)
  const [window] = world.record.windows
  assert.ok(window)
  return window
}

export const theCore = (world: World): ChildRecord => {
  const child = world.record.children.at(-1)
  assert.ok(child)
  return child
}

/** Emits at a page and answers whether the main process prevented it. */
export function prevents(page: PageRecord, event: string, ...args: unknown[]): boolean {
  const made = createEvent()
  page.ear.emit(event, made.event, ...args)
  return made.prevented
}

/** The page calls; the reply may be long in coming. */
export function call(world: World, event: unknown, ...args: unknown[]): Promise<unknown> {
  const handler = world.record.handlers.get('api:call')
  assert.ok(handler)
  const reply = (async () => await handler(event, ...args))()
  // A claim that breaks before it waits for the reply has said what there is to say.
  reply.catch(() => undefined)
  return reply
}

/** The page calls and is answered without anybody else being asked. */
export const answerTo = async (world: World, event: unknown, ...args: unknown[]): Promise<unknown> =>
  await Promise.race([call(world, event, ...args), settle().then(() => assert.fail('there was no answer'))])

/** An event from the page of the window itself. */
export const fromPage = ({ page }: WindowRecord) => ({ sender: page.contents, senderFrame: page.mainFrame })

export const answersCode = (reply: unknown, code: string): void => {
  assert.deepEqual(Object.keys(reply as object), ['ok', 'error'])
  assert.equal((reply as { ok: boolean }).ok, false)
  assert.equal((reply as { error: { code: string } }).error.code, code)
}

/** Runs it as on another system. Electron and the disk stay those of this one. */
export async function onSystem(platform: NodeJS.Platform, act: () => Promise<void>): Promise<void> {
  const own = Object.getOwnPropertyDescriptor(process, 'platform')
  assert.ok(own)
  Object.defineProperty(process, 'platform', { ...own, value: platform })
  try {
    await act()
  } finally {
    Object.defineProperty(process, 'platform', own)
  }
}

/** Messages of one kind that the main process posted to the core. */
export const posted = (child: ChildRecord, kind: string): readonly Record<string, unknown>[] =>
  child.posted.filter((message): message is Record<string, unknown> => (message as { kind: string }).kind === kind)
