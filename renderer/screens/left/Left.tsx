// What left this device: nothing, because this version has no way to make a connection. The page says what remains at
// risk where it runs, too.
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api.ts'
import { Screen } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'

export function Left() {
  const { t } = useTranslation()
  const { host } = useAnswer('app.about', {})
  const shell = host === 'desktop' ? 'desktop' : 'web'
  return (
    <Screen title={t('left.title')}>
      <Notice tone="ok" title={t('left.nothing')}>
        {t('left.lead')}
      </Notice>
      <Notice title={t(`left.${shell}.title`)}>{t(`left.${shell}.text`)}</Notice>
    </Screen>
  )
}
