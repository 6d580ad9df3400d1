// Why a model was not taken, as the core names it.
import type { ModelFault } from '../../shared/api/models.ts'
import type { ErrorShape } from '../../shared/errors.ts'

const faults: Readonly<Record<ModelFault, true>> = {
  pickle: true,
  'only-safetensors': true,
  'no-weights': true,
  'no-config': true,
  'no-tokenizer': true,
  'wrong-task': true,
  link: true,
  outside: true,
  damaged: true,
  'too-many-files': true,
}

const isFault = (reason: unknown): reason is ModelFault => typeof reason === 'string' && Object.hasOwn(faults, reason)

export function faultOf(error: ErrorShape | null): ModelFault | null {
  if (error?.code !== 'MODEL_REFUSED') return null
  const { reason } = error.details
  return isFault(reason) ? reason : null
}
