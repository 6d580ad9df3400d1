// Inputs that no method accepts: wrong shapes, keys that reach for prototypes, numbers JSON cannot hold, and right shapes
// with one key too many. (Nothing at all stands for no fields, so it is not among them.) Whatever comes of them, none may be taken.
import fc from 'fast-check'

const poisonous = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"passphrase":{"__proto__":{"length":5}}}',
] as const

const shaped = fc.record(
  {
    passphrase: fc.anything(),
    current: fc.string(),
    next: fc.string(),
    name: fc.oneof(fc.string(), fc.anything()),
    id: fc.oneof(fc.string(), fc.constant('../../../etc/passwd'), fc.constant('x'.repeat(100))),
    autoLockMinutes: fc.oneof(fc.double(), fc.integer(), fc.constant('10')),
    limit: fc.oneof(fc.integer(), fc.double()),
    before: fc.anything(),
    on: fc.anything(),
    kind: fc.string(),
    words: fc.anything(),
    draft: fc.anything(),
    retyped: fc.array(fc.anything()),
    theme: fc.string(),
  },
  { requiredKeys: [] },
)

export const hostileInput: fc.Arbitrary<unknown> = fc.oneof(
  shaped.map((shape) => ({ ...shape, 'one key too many': 1 })),
  fc.constantFrom(...poisonous).map((text) => ({ ...(JSON.parse(text) as object), 'one key too many': 1 })),
  fc
    .anything()
    .filter((value) => value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))),
  fc.constantFrom(Symbol('x'), () => 1, Number.NaN, 10n, null, '', [], [{}]),
)

/** Whether no message has reached the prototypes that everything shares. */
export const isClean = (): boolean => !('polluted' in {}) && !('polluted' in Function.prototype) && [].length === 0
