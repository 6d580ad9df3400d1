// Random messages to the api: real ones bent in one place, real methods with anything for input, and names that are no
// method. Whatever structured clone carries may come, as from a page that was taken over.
import * as fc from 'fast-check'
import { type MethodName, api, isMethodName } from '../../shared/api/api.ts'
import type { World } from './case.ts'
import { cases } from './cases/index.ts'

export interface Message {
  readonly method: string
  readonly input: unknown
}

/** Stands in every text of a message, so that a reply which repeats any of them is noticed. */
export const canary = 'canary7f3a'

const methodNames = Object.keys(api).filter(isMethodName)

const text = fc.oneof(
  fc.string({ maxLength: 40 }).map((rest) => `${canary}${rest}`),
  fc.constantFrom(canary, `${canary}\u0000`, `${canary}'; DROP TABLE item; --`, `${canary}\u202E`, canary.repeat(200)),
)

const anything = fc.oneof(
  { weight: 6, arbitrary: text },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      undefined,
      true,
      0,
      -1,
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 53,
      '',
      [],
      {},
    ),
  },
  { weight: 2, arbitrary: fc.bigInt() },
  { weight: 2, arbitrary: fc.date({ noInvalidDate: false }) },
  { weight: 3, arbitrary: fc.array(text, { maxLength: 4 }) },
  { weight: 3, arbitrary: fc.dictionary(text, fc.anything({ maxDepth: 2 }), { maxKeys: 4 }) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 64 }) },
  {
    weight: 1,
    arbitrary: fc.array(text, { maxLength: 3 }).map((entries) => new Map(entries.map((one) => [one, one]))),
  },
  { weight: 1, arbitrary: fc.constant(null).map(circular) },
  { weight: 1, arbitrary: fc.integer({ min: 50, max: 400 }).map(nested) },
)

/** The messages of the case table are the real ones to begin from. */
export function arbitraryMessage(world: World): fc.Arbitrary<Message> {
  const real = cases.flatMap((one) => one.steps(world)).flatMap(realMessage)
  const method = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<string>(...methodNames) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '__proto__', 'constructor', 'toString', 'vault', 'vault.', 'VAULT.STATUS'),
    },
    { weight: 1, arbitrary: text },
  )
  return fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...real), fc.nat(), anything, fc.nat({ max: 3 })).map(bend) },
    { weight: 2, arbitrary: fc.record({ method, input: anything }) },
    { weight: 1, arbitrary: fc.constantFrom(...real) },
  )
}

/** Steps whose input needs earlier replies have none here. */
function realMessage({ method, input }: ReturnType<(typeof cases)[number]['steps']>[number]): Message[] {
  try {
    return [{ method, input: input([]) }]
  } catch {
    // Such an input cannot be made without the replies before it; other cases stand for its method.
    return []
  }
}

type Bending = readonly [real: Message, place: number, thing: unknown, way: number]

/** Changes one place of a real message: replaces it, leaves it out, adds a neighbour, or wraps it. */
function bend([{ method, input }, place, thing, way]: Bending): Message {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return { method, input: thing }
  const fields: Record<string, unknown> = { ...input }
  const names = Object.keys(fields)
  const name = names[place % Math.max(1, names.length)] ?? 'extra'
  if (way === 0) fields[name] = thing
  if (way === 1) delete fields[name]
  if (way === 2) fields[`${name}2`] = thing
  if (way === 3) fields[name] = [fields[name]]
  return { method, input: fields }
}

function circular(): unknown {
  const ring: Record<string, unknown> = { canary }
  ring['ring'] = ring
  return ring
}

function nested(depth: number): unknown {
  let inner: unknown = canary
  for (let level = 0; level < depth; level++) inner = { inner }
  return inner
}

/**
 * Well-formed messages to these do what they say: derive keys for a second, rewrite the vault, delete it. They are the
 * cases' business; here they would take hours and end the vault under test. Malformed ones are all sent.
 */
const acts: ReadonlySet<MethodName> = new Set<MethodName>([
  'vault.create',
  'vault.unlock',
  'vault.recover',
  'vault.lock',
  'vault.changePassphrase',
  'vault.renewKit',
  'vault.setDeviceKey',
  'vault.deepErase',
  'vault.delete',
  'backups.create',
  'backups.restore',
  'backups.restoreWithWords',
  'ledger.verify',
])

export const isAct = ({ method, input }: Message): boolean =>
  isMethodName(method) && acts.has(method) && api[method].input.safeParse(input).success
