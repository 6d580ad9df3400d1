// Step 2: the recovery kit, to be printed or saved.
import { useTranslation } from 'react-i18next'
import { useSaveKit } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { FormActions } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { WordSheet } from '../../ui/WordSheet.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import type { Kit } from './Welcome.tsx'

interface KitStepProps {
  readonly kicker: string
  readonly name: string
  readonly kit: Kit
  readonly onBack: () => void
  readonly onNext: () => void
}

export function KitStep({ kicker, name, kit, onBack, onNext }: KitStepProps) {
  const { t } = useTranslation()
  const { save, saved, busy, error } = useSaveKit(kit.draft)
  return (
    <Page title={t('welcome.kit.title')} lead={t('welcome.kit.lead')} kicker={kicker} wide>
      <WordSheet
        words={kit.words}
        name={name}
        onSave={(fileName, text) => void save(fileName, text)}
        saving={busy}
        saved={saved}
        problem={<ErrorNotice error={error} />}
      />
      <Notice tone="warn">{t('welcome.kit.screenshot')}</Notice>
      <FormActions>
        <Button look="filled" onPress={onNext}>
          {t('welcome.kit.kept')}
        </Button>
        <Button look="quiet" onPress={onBack}>
          {t('do.back')}
        </Button>
      </FormActions>
    </Page>
  )
}
