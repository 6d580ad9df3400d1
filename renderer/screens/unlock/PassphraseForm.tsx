// Unlocks with the passphrase, or with this computer's key where that is on. A failure that is not a wrong passphrase
// is explained, and leads to what helps.
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Holder } from '../../../shared/api/vault.ts'
import type { ErrorShape } from '../../../shared/errors.ts'
import { useAction, useAnswer, useClient } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { restorable } from '../../words/backups.ts'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { OpenElsewhere, OpenProblem } from './OpenProblem.tsx'
import styles from './Unlock.module.css'
import type { Way } from './Unlock.tsx'

interface PassphraseFormProps {
  readonly name: string
  readonly deviceKey: boolean
  /** Another Mindkeep that had the vault open when it was last asked. */
  readonly openElsewhere: Holder | null
  readonly jobs: ReactNode
  readonly onWay: (way: Way) => void
}

/** A plain check takes about a second; longer than this, the person should know why. */
const slowMs = 2500

export function PassphraseForm({ name, deviceKey, openElsewhere, jobs, onWay }: PassphraseFormProps) {
  const { t } = useTranslation()
  const client = useClient()
  const backups = restorable(useAnswer('backups.list', {}))
  const [passphrase, setPassphrase] = useState('')
  const unlock = useAction(async (typed: string) => client.call('vault.unlock', { passphrase: typed }))
  const device = useAction(async () => client.call('vault.unlockWithDevice', {}))
  const slow = useSlow(unlock.busy)
  const wrong = unlock.error?.code === 'WRONG_PASSPHRASE'
  const problem: ErrorShape | null = wrong ? device.error : (unlock.error ?? device.error)
  return (
    <Page title={name} tab={t('unlock.open')} lead={t('unlock.title')}>
      {jobs}
      <Form onSubmit={() => passphrase !== '' && !unlock.busy && void unlock.run(passphrase)}>
        <PassphraseField
          label={t('passphrase.label')}
          value={passphrase}
          onChange={(typed) => {
            setPassphrase(typed)
            if (unlock.error !== null) unlock.clear()
          }}
          error={wrong ? t('errors.WRONG_PASSPHRASE') : null}
          takesFocus
        />
        {openElsewhere !== null && problem === null && <OpenElsewhere host={openElsewhere.host} />}
        <OpenProblem problem={problem} onRestore={() => onWay('restore')} />
        {slow && <Notice live>{t('unlock.slow')}</Notice>}
        <Button look="filled" type="submit" wide isDisabled={passphrase === ''} busy={unlock.busy}>
          {unlock.busy ? t('unlock.opening') : t('unlock.open')}
        </Button>
        {deviceKey && (
          <Button icon="device" wide onPress={() => void device.run()} busy={device.busy}>
            {t('unlock.device')}
          </Button>
        )}
      </Form>
      <div className={styles['ways']}>
        <Button look="quiet" onPress={() => onWay('recovery')}>
          {t('unlock.recover')}
        </Button>
        {backups.length > 0 && (
          <Button look="quiet" onPress={() => onWay('restore')}>
            {t('unlock.restore.title')}
          </Button>
        )}
        <Button look="quiet" onPress={() => onWay('delete')}>
          {t('unlock.delete')}
        </Button>
      </div>
    </Page>
  )
}

function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!busy) return undefined
    const timer = setTimeout(() => setSlow(true), slowMs)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [busy])
  return slow
}
