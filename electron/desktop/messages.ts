// What the main process and the core process say to each other. Both sides read messages through these schemas, so that a
// version mix-up or a half-dead process shows at the edge and not somewhere inside.
import { z } from 'zod'
import { hostNames } from '../../shared/api/about.ts'
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { errorShape } from '../../shared/api/values.ts'
import { type ErrorCode, errorMessages } from '../../shared/errors.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const id = z.int().nonnegative()
const errorCode = z.enum(Object.keys(errorMessages) as [ErrorCode, ...ErrorCode[]])

/** What the core asks of the desktop: the operating system's secret store, a place to save a file, files to read. */
const question = z.discriminatedUnion('port', [
  z.strictObject({ port: z.literal('secret.usable') }),
  z.strictObject({ port: z.literal('secret.seal'), secret: bytes }),
  z.strictObject({ port: z.literal('secret.open'), sealed: bytes }),
  z.strictObject({ port: z.literal('saveFile'), name: z.string(), text: z.string() }),
  z.strictObject({ port: z.literal('pickFiles'), what: z.enum(['files', 'folder']) }),
])
export type Question = z.infer<typeof question>

const answer = z.union([z.boolean(), bytes, z.array(z.string())])
export type Answer = z.infer<typeof answer>

/** Pieces of a file, in either direction: see flows.ts. */
const flow = [
  z.strictObject({ kind: z.literal('more'), id }),
  z.strictObject({ kind: z.literal('piece'), id, bytes }),
  z.strictObject({ kind: z.literal('end'), id, whole: z.boolean() }),
  z.strictObject({ kind: z.literal('stop'), id }),
] as const
const flowMessage = z.discriminatedUnion('kind', flow)
export type FlowMessage = z.infer<typeof flowMessage>

/** What the core says of a file that a ticket stands for. */
export const outgoing = z.strictObject({ name: z.string(), media: z.string(), bytes: z.int().nonnegative() })

export const toCore = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    config: z.strictObject({
      host: z.enum(hostNames),
      version: z.string(),
      folder: z.string(),
      stateFolder: z.string(),
    }),
  }),
  z.strictObject({ kind: z.literal('call'), id, method: z.string(), input: z.unknown() }),
  z.strictObject({
    kind: z.literal('upload'),
    id,
    name: z.string(),
    bytes: z.int().nonnegative(),
    changed: z.int().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('take'), id, ticket: z.string() }),
  /** A channel to it comes with this one. */
  z.strictObject({ kind: z.literal('processStarted'), id }),
  z.strictObject({ kind: z.literal('processWeighs'), id, bytes: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('processEnded'), id, isFull: z.boolean() }),
  z.strictObject({ kind: z.literal('suspend') }),
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('answer'), id, answer }),
  z.strictObject({ kind: z.literal('refusal'), id, code: errorCode }),
  ...flow,
])
export type ToCore = z.infer<typeof toCore>

/** Replies and events were checked against the api table by the core itself; here only their frame is read. */
const reply = z.custom<Reply>((value) => typeof value === 'object' && value !== null && 'ok' in value)
const event = z.custom<AppEvent>((value) => typeof value === 'object' && value !== null && 'event' in value)

export const fromCore = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('failed'), error: errorShape }),
  z.strictObject({ kind: z.literal('reply'), id, reply }),
  z.strictObject({ kind: z.literal('event'), event }),
  z.strictObject({ kind: z.literal('ask'), id, question }),
  /** Only a module of ours that lies beside the core, by its name. */
  z.strictObject({
    kind: z.literal('startProcess'),
    id,
    name: z.string().regex(/^[a-z][a-z0-9-]*\.process$/),
    heapMiB: z.int().positive(),
  }),
  z.strictObject({ kind: z.literal('killProcess'), id }),
  z.strictObject({ kind: z.literal('closed') }),
  ...flow,
])
export type FromCore = z.infer<typeof fromCore>
