// What left this device: every connection there was, the switch that ends them all, and what remains at risk where Mindkeep
// runs.
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api.ts'
import { Screen, Section } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { NetworkSwitch } from '../../words/NetworkSwitch.tsx'
import { Departures } from './Departures.tsx'

export function Left() {
  const { t } = useTranslation()
  const { host } = useAnswer('app.about', {})
  const { left } = useAnswer('network.list', { limit: 50 })
  const shell = host === 'desktop' ? 'desktop' : 'web'
  return (
    <Screen title={t('left.title')} lead={t('left.lead')}>
      {left === 0 && (
        <Notice tone="ok" title={t('left.nothing')}>
          {t('left.nothingHint')}
        </Notice>
      )}
      <Section title={t('network.title')}>
        <NetworkSwitch />
      </Section>
      <Departures />
      <Notice title={t(`left.${shell}.title`)}>{t(`left.${shell}.text`)}</Notice>
    </Screen>
  )
}
