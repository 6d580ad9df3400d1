// Whether something that writes is what writes here, and how fast it is on this computer: tried, not guessed.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/api/api.ts'
import type { Writer } from '../../../../shared/api/writing.ts'
import { useAction, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { RowDetail } from '../../../ui/Layout.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { useSettings } from '../../../words/useSettings.ts'
import styles from './Models.module.css'

/** As fast as people read: some 240 words a minute, which is about six pieces of words a second. */
const readingSpeed = 6

interface SpeedProps {
  readonly writer: Writer
  readonly name: string
}

export function Speed({ writer, name }: SpeedProps) {
  const { t } = useTranslation()
  const client = useClient()
  const { settings, change } = useSettings()
  const said = 'server' in writer ? `${writer.model} @ ${writer.server}` : writer.model
  const isChosen = settings.writer === said
  const [speed, setSpeed] = useState<Output<'writing.measure'> | null>(null)
  const of = (act: string) => t('settings.models.of', { act, name })
  const use = isChosen ? t('settings.models.unuse') : t('settings.models.use')
  const measure = useAction(async () => setSpeed(await client.call('writing.measure', writer)))
  return (
    <RowDetail>
      <div className={styles['details']}>
        <div className={styles['acts']}>
          <Button
            aria-label={of(use)}
            onPress={() =>
              void change({ writer: isChosen ? '' : said }, (t) =>
                isChosen ? t('settings.models.unused') : t('settings.models.used', { name }),
              )
            }
          >
            {use}
          </Button>
          <Button
            look="quiet"
            icon="clock"
            busy={measure.busy}
            aria-label={of(t('settings.models.try'))}
            onPress={() => void measure.run()}
          >
            {t('settings.models.try')}
          </Button>
        </div>
        {speed !== null && <Measured speed={speed} />}
        <ErrorNotice error={measure.error} />
      </div>
    </RowDetail>
  )
}

function Measured({ speed: { firstMs, perSecond } }: { readonly speed: Output<'writing.measure'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const fits = perSecond === null || perSecond >= readingSpeed
  const first = format.number(Math.round(firstMs / 100) / 10)
  const then = perSecond === null ? null : format.number(Math.round(perSecond * 10) / 10)
  return (
    <Notice tone={fits ? 'ok' : 'warn'} title={fits ? t('settings.models.fits') : t('settings.models.slow')} live>
      {t('settings.models.first', { seconds: first })} {then !== null && t('settings.models.then', { number: then })}
    </Notice>
  )
}
