// A time as a test reads it.
import type { When } from '../../../../../electron/core/library/library.ts'

export function told(when: When | undefined): string | undefined {
  if (when === undefined || 'day' in when) return when?.day
  return `${new Date(when.at).toISOString()} ${when.offset}`
}
