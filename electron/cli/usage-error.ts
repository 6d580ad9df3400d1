// A command line that cannot be understood: exit status 2, and a sentence that says how to put it right.
import type { ErrorDetails, ErrorShape } from '../../shared/errors.ts'

export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly details: ErrorDetails

  constructor(message: string, details: ErrorDetails = {}) {
    super(message)
    this.details = details
  }

  toShape(): ErrorShape {
    return { code: 'WRONG_USAGE', message: this.message, details: this.details }
  }
}
