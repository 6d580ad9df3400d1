// Step 3: two words from the kit, then the vault is made. Making it takes a moment on purpose, and says so.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../api.ts'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { Form, SendOrBack } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { WordCheck } from '../../ui/WordCheck.tsx'
import type { Kit } from './Welcome.tsx'

interface RetypeStepProps {
  readonly kicker: string
  readonly kit: Kit
  readonly create: Action<[readonly string[]]>
  readonly onBack: () => void
}

export function RetypeStep({ kicker, kit, create, onBack }: RetypeStepProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<readonly string[]>([])
  const complete = kit.ask.every((_, index) => (typed[index] ?? '').trim() !== '')
  return (
    <Page title={t('words.askTitle')} lead={t('words.ask')} kicker={kicker}>
      <Form onSubmit={() => complete && void create.run(typed)}>
        <WordCheck ask={kit.ask} typed={typed} onChange={setTyped} isDisabled={create.busy} />
        <ErrorNotice error={create.error} />
        {create.busy && <Notice live>{t('welcome.retype.creating')}</Notice>}
        <SendOrBack send={t('welcome.retype.create')} ready={complete} busy={create.busy} onBack={onBack} />
      </Form>
    </Page>
  )
}
