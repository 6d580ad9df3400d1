// What a transport makes of an answer that is not the core's own.
import type { Reply } from '../../shared/api/api.ts'
import { type ErrorCode, errorMessages } from '../../shared/errors.ts'

export function asReply(answer: unknown): Reply {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return failure('UNREACHABLE')
  return answer as Reply
}

export const failure = (code: ErrorCode): Reply => ({
  ok: false,
  error: { code, message: errorMessages[code], details: {} },
})
