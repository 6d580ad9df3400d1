// Which HTTP status fits a refusal, for people who read the network panel and for scripts. The code in the Reply is what
// callers act on.
import type { ErrorCode } from '../../shared/errors.ts'

const statuses: Partial<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  NOT_SIGNED_IN: 401,
  REQUEST_REFUSED: 403,
  UNKNOWN_METHOD: 404,
  NO_SUCH_BACKUP: 404,
  NO_SUCH_JOB: 404,
  NO_SUCH_FILE: 404,
  NO_SUCH_IMPORT: 404,
  FILE_STALLED: 408,
  FILE_NOT_AS_SAID: 400,
  IMPORT_UNDONE: 409,
  IMPORT_FILES_GONE: 410,
  IMPORT_RUNNING: 409,
  NO_SUCH_NOTICE: 404,
  NO_VAULT: 409,
  VAULT_EXISTS: 409,
  VAULT_BUSY: 409,
  TOO_LARGE: 413,
  VAULT_LOCKED: 423,
  NO_SUCH_MODEL: 404,
  MODEL_AT_WORK: 409,
  MODEL_GONE: 502,
  MODEL_NOT_PUBLIC: 502,
  HUB_BUSY: 502,
  HUB_FAILING: 502,
  HUB_NOT_UNDERSTOOD: 502,
  NETWORK_OFF: 403,
  HOST_NOT_ALLOWED: 403,
  HOST_UNREACHABLE: 502,
  HOST_NOT_PROVEN: 502,
  HOST_SILENT: 504,
  CONNECTION_LOST: 502,
  REDIRECT_LOOP: 502,
  ANSWER_TOO_LARGE: 502,
  NOT_A_MODEL_SERVER: 502,
  MODEL_SERVER_REFUSED: 502,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  NOT_ON_THIS_HOST: 501,
  DISK_FULL: 507,
}

/** Everything else is understood and declined: a wrong passphrase, a damaged backup. */
export const statusOf = (code: ErrorCode): number => statuses[code] ?? 422
