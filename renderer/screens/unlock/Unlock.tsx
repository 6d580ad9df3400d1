// The locked door: one field, and the other ways in. What stands behind the door is not hinted at.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer, useAskOnReturn } from '../../api.ts'
import { DeleteVault } from '../../words/DeleteVault.tsx'
import { RestoreForm } from '../../words/RestoreForm.tsx'
import { PassphraseForm } from './PassphraseForm.tsx'
import { RecoveryForm } from './RecoveryForm.tsx'

export type Way = 'passphrase' | 'recovery' | 'restore' | 'delete'

/** `jobs` shows work that goes on while the vault is locked, such as a restore. */
export function Unlock({ jobs }: { readonly jobs: ReactNode }) {
  const { t } = useTranslation()
  const status = useAnswer('vault.status', {})
  const [way, setWay] = useState<Way>('passphrase')
  // Another program opens and closes the vault without a word to this one, so whoever comes back here asks again.
  useAskOnReturn('vault.status')
  const name = status.name ?? t('welcome.defaultName')
  const back = () => setWay('passphrase')
  if (way === 'recovery') return <RecoveryForm onBack={back} onRestore={() => setWay('restore')} />
  if (way === 'restore') return <RestoreForm jobs={jobs} onBack={back} />
  return (
    <>
      <PassphraseForm
        name={name}
        deviceKey={status.deviceKey === 'on'}
        openElsewhere={status.openElsewhere}
        jobs={jobs}
        onWay={setWay}
      />
      {way === 'delete' && <DeleteVault name={name} onClose={back} />}
    </>
  )
}
