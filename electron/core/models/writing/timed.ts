// How long writing takes, and how long until its first word.
import type { Clock } from '../../ports.ts'
import type { WriteOptions, Written } from './generator.ts'

export interface Timed {
  readonly hear: (text: string) => Promise<void>
  readonly told: (written: Pick<Written, 'tokens' | 'ended'>) => Written
}

export function timed(clock: Clock, onText: WriteOptions['onText']): Timed {
  const begun = clock.now().getTime()
  const since = () => clock.now().getTime() - begun
  let firstMs: number | undefined
  return {
    async hear(text) {
      if (text === '') return
      firstMs ??= since()
      await onText(text)
    },
    told: (written) => ({ ...written, ms: since(), firstMs: firstMs ?? since() }),
  }
}
