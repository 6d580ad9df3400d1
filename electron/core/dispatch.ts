// The only way into the core: find the method, check the lock, check the input, run, check the output. It never throws
// and never rejects; a host passes the Reply on as it is.
import { randomUUID } from 'node:crypto'
import { type Handlers, type Reply, api, isMethodName } from '../../shared/api/api.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import { codeOf, toAppError } from './failures.ts'
import type { Log } from './ports.ts'

export type Dispatch = (method: string, input: unknown) => Promise<Reply>

interface DispatchParts {
  readonly handlers: Handlers
  readonly isUnlocked: () => boolean
  readonly log: Log
  /** Told the code of every failure, before the caller is. */
  readonly onFailure: (code: ErrorCode) => void
}

export function createDispatch({ handlers, isUnlocked, log, onFailure }: DispatchParts): Dispatch {
  const run = async (name: string, input: unknown): Promise<unknown> => {
    if (!isMethodName(name)) throw new AppError('UNKNOWN_METHOD')
    const row = api[name]
    // Asked for each call: one that is overdue locks the vault.
    const unlocked = isUnlocked()
    if (row.whileLocked !== true && !unlocked) throw new AppError('VAULT_LOCKED')
    const parsed = row.input.safeParse(input)
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.map(String).join('.') || '(all)')
      throw new AppError('INVALID_INPUT', { fields: [...new Set(fields)].slice(0, 20) })
    }
    // The table ties each row to its handler (see Handlers); by name alone TypeScript cannot follow that, so this one
    // line steps outside the types and the output check below makes it good.
    const handler = handlers[name] as (input: unknown) => Promise<unknown>
    return row.output.parse(await handler(parsed.data))
  }

  return async (name, input) => {
    try {
      return { ok: true, value: await run(name, input) }
    } catch (error) {
      const shape = toShape(error, name, log)
      onFailure(shape.code)
      return { ok: false, error: shape }
    }
  }
}

function toShape(error: unknown, method: string, log: Log) {
  const known = toAppError(error)
  if (known !== undefined) return known.toShape()
  const reference = randomUUID()
  // Only the kind of the error is logged: messages of foreign errors can quote contents and paths.
  const kind = error instanceof Error ? error.name : typeof error
  log.write('dispatch.failed', {
    reference,
    kind,
    code: codeOf(error) ?? 'none',
    method: isMethodName(method) ? method : 'unknown',
  })
  return new AppError('INTERNAL', { reference }).toShape()
}
