// Value types that several rows of the api table share.
import { z } from 'zod'
import { type ErrorCode, errorMessages } from '../errors.ts'

export const nothing = z.strictObject({})
export const time = z.iso.datetime({ offset: true })
export const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
/** Long enough for any passphrase a person types or pastes; short enough that hashing it is never an attack. */
export const passphrase = z.string().min(1).max(1024)
/** What a person sets: one line, because a field to type it in takes no other. */
export const newPassphrase = passphrase.regex(/^\P{Cc}*$/u)
/** The recovery words as typed, in any spacing; what they must be is checked at the core, which names the wrong ones. */
export const typedWords = z.string().min(1).max(1024)
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

/** What is answered where work goes on as a job. */
export const started = z.strictObject({ job: id })

const errorCode = z.enum(Object.keys(errorMessages) as [ErrorCode, ...ErrorCode[]])
/** A refusal as it crosses a boundary; what `AppError.toShape` makes. */
export const errorShape = z.strictObject({
  code: errorCode,
  message: z.string(),
  details: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]),
  ),
})
