// What is shown when the core cannot say how the vault is: why, and the way out of it where there is one. It claims nothing
// about the vault that nobody knows.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorShape } from '../../../shared/errors.ts'
import { useAttempt } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { FormActions } from '../../ui/Form.tsx'
import { Page } from '../../ui/Page.tsx'
import { DeleteVault } from '../../words/DeleteVault.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { RestoreForm } from '../../words/RestoreForm.tsx'
import styles from './Unlock.module.css'

interface UnreadableProps {
  readonly error: ErrorShape
  readonly jobs: ReactNode
  readonly onAgain: () => void
}

export function Unreadable({ error, jobs, onAgain }: UnreadableProps) {
  const { t } = useTranslation()
  const backups = useAttempt('backups.list', {})
  const [restoring, setRestoring] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const offers = helpedByBackup(error) && (backups.answer?.length ?? 0) > 0
  if (restoring && offers) return <RestoreForm jobs={jobs} onBack={() => setRestoring(false)} />
  return (
    <Page title={error.code === 'VAULT_FROM_FUTURE' ? t('unlock.future.title') : t('problem.title')}>
      <ErrorNotice error={error} />
      {helpedByBackup(error) && backups.answer?.length === 0 && <p>{t('unlock.damaged.none')}</p>}
      {aboutFiles(error) && <Folder />}
      {error.code === 'KEYS_DAMAGED' && <p>{t('unlock.damaged.copy')}</p>}
      <FormActions>
        {offers && (
          <Button look="filled" icon="backup" onPress={() => setRestoring(true)}>
            {t('unlock.restore.title')}
          </Button>
        )}
        <Button onPress={onAgain}>{t('problem.again')}</Button>
        {error.code === 'KEYS_DAMAGED' && (
          <Button look="quiet" onPress={() => setDeleting(true)}>
            {t('unlock.delete')}
          </Button>
        )}
      </FormActions>
      {deleting && <DeleteNameless onDeleted={onAgain} onClose={() => setDeleting(false)} />}
    </Page>
  )
}

/** Nobody can know the vault's name any more, so it goes by the one of its folder. */
function DeleteNameless({ onDeleted, onClose }: { readonly onDeleted: () => void; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { answer } = useAttempt('app.about', {})
  const name = answer?.folder.split(/[\\/]/u).findLast((part) => part !== '')
  if (name === undefined) return null
  return <DeleteVault name={name} note={t('unlock.damaged.delete')} onDeleted={onDeleted} onClose={onClose} />
}

/** Where the files are that somebody has to look at. */
function Folder() {
  const { t } = useTranslation()
  const about = useAttempt('app.about', {})
  if (about.answer === undefined) return null
  return (
    <p>
      {t('unlock.damaged.folder')} <bdi className={styles['folder']}>{about.answer.folder}</bdi>
    </p>
  )
}

const damage: readonly ErrorShape['code'][] = ['KEYS_DAMAGED', 'UNSAFE_KEY_SETTINGS', 'VAULT_DAMAGED']

const aboutFiles = (error: ErrorShape): boolean => helpedByBackup(error) || error.code === 'FOLDER_UNUSABLE'

const helpedByBackup = ({ code }: ErrorShape): boolean => damage.includes(code)
