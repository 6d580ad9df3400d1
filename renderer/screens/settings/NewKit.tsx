// Makes a new recovery kit in two steps: the words, then proof that they were kept and the passphrase. The old words work
// until the very end.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../shared/api/api.ts'
import { useAction, useAnswer, useClient, useSaveKit } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions, SendOrCancel } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { useToasts } from '../../ui/Toast.tsx'
import { WordCheck } from '../../ui/WordCheck.tsx'
import { WordSheet } from '../../ui/WordSheet.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'

type Kit = Output<'vault.draftKit'>

export function NewKit({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [kit, setKit] = useState<Kit | null>(null)
  const [kept, setKept] = useState(false)
  const draft = useAction(async () => setKit(await client.call('vault.draftKit', {})))
  const { run } = draft
  useEffect(() => {
    void run()
  }, [run])
  return (
    <>
      {kit === null && (
        <Dialog title={t('settings.security.kit.dialog')} onClose={onClose}>
          <ErrorNotice error={draft.error} />
          <DialogActions>
            <Button onPress={onClose}>{t('do.cancel')}</Button>
          </DialogActions>
        </Dialog>
      )}
      {kit !== null && !kept && <Words kit={kit} onNext={() => setKept(true)} onClose={onClose} />}
      {kit !== null && kept && <Proof kit={kit} onClose={onClose} />}
    </>
  )
}

function Words({
  kit,
  onNext,
  onClose,
}: {
  readonly kit: Kit
  readonly onNext: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { save, saved, busy, error } = useSaveKit(kit.draft)
  const { name } = useAnswer('vault.status', {})
  return (
    <Dialog title={t('settings.security.kit.dialog')} onClose={onClose}>
      <Notice tone="warn">
        <p>{t('settings.security.kit.warn')}</p>
        <p>{t('settings.security.kit.account')}</p>
      </Notice>
      <WordSheet
        words={kit.words}
        name={name ?? ''}
        onSave={(fileName, text) => void save(fileName, text)}
        saving={busy}
        saved={saved}
        problem={<ErrorNotice error={error} />}
      />
      <DialogActions>
        <Button onPress={onClose}>{t('do.cancel')}</Button>
        <Button look="filled" onPress={onNext}>
          {t('welcome.kit.kept')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Proof({ kit, onClose }: { readonly kit: Kit; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const { say } = useToasts()
  const [typed, setTyped] = useState<readonly string[]>([])
  const [passphrase, setPassphrase] = useState('')
  const renew = useAction(async () => {
    const retyped = kit.ask.map((at, index) => ({ at, word: (typed[index] ?? '').trim().toLowerCase() }))
    await client.call('vault.renewKit', { passphrase, draft: kit.draft, retyped })
    say((t) => t('settings.security.kit.done'))
    onClose()
  })
  const ready = passphrase !== '' && kit.ask.every((_, index) => (typed[index] ?? '').trim() !== '')
  return (
    <Dialog title={t('words.askTitle')} onClose={onClose} busy={renew.busy}>
      <Form onSubmit={() => ready && !renew.busy && void renew.run()}>
        <WordCheck ask={kit.ask} typed={typed} onChange={setTyped} isDisabled={renew.busy} />
        <PassphraseField
          label={t('passphrase.current')}
          value={passphrase}
          onChange={setPassphrase}
          isDisabled={renew.busy}
        />
        {renew.busy && <Notice live>{t('settings.security.kit.working')}</Notice>}
        <ErrorNotice error={renew.error} />
        <SendOrCancel send={t('settings.security.kit.run')} ready={ready} busy={renew.busy} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
