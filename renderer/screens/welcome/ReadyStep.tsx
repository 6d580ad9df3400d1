// Step 4: the truth, once.
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { TrySample } from '../../words/SampleData.tsx'

export function ReadyStep({ kicker, onOpen }: { readonly kicker: string; readonly onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <Page title={t('welcome.done.title')} kicker={kicker}>
      <Notice tone="warn" title={t('welcome.done.truth')}>
        {t('welcome.done.lead')}
      </Notice>
      <Button look="filled" wide onPress={onOpen}>
        {t('welcome.done.open')}
      </Button>
      <TrySample wide onBegun={onOpen} />
    </Page>
  )
}
