// What a passphrase costs whoever guesses it: one Argon2id under the settings that a new vault gets on this computer.
import { systemClock } from '../../../electron/core/ports.ts'
import { createStretcher } from '../../../electron/core/vault/keys/passphrase.ts'
import { lightStretching } from '../../support/light-stretching.ts'
import { passphrase } from '../bench-vault.ts'
import type { Bench } from '../harness.ts'
import { timed } from '../support.ts'

export const unlocking: Bench = {
  name: 'unlock',
  says: 'Argon2id under the calibrated settings; baseline: under the weakest settings that are accepted',
  unit: 'ms',
  better: 'lower',
  goal: 1200,
  judged: 'figure',
  floor: 800,
  rounds: 5,
  async open() {
    const { settings } = await createStretcher({ clock: systemClock }).calibrate(passphrase)
    const stretcher = createStretcher({ clock: systemClock })
    return {
      figure: () => timed(() => stretcher.stretch(passphrase, settings)),
      baseline: () => timed(() => stretcher.stretch(passphrase, { ...settings, ...lightStretching })),
      close: async () => {},
    }
  },
}
