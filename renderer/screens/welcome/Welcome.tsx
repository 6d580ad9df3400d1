// The first run in four steps: promise and passphrase, recovery kit, proof that it was kept, the truth. The vault is made
// at the third; until then nothing is written anywhere. Where there are backups and no vault, as on a new computer, one of
// them can become the vault instead.
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, useAction, useClient } from '../../api.ts'
import { RestoreForm } from '../../words/RestoreForm.tsx'
import { KitStep } from './KitStep.tsx'
import { PassphraseStep } from './PassphraseStep.tsx'
import { ReadyStep } from './ReadyStep.tsx'
import { RetypeStep } from './RetypeStep.tsx'

export interface Kit {
  readonly draft: string
  readonly words: readonly string[]
  readonly ask: readonly number[]
}

type Step =
  | { readonly at: 'passphrase' }
  | { readonly at: 'restore' }
  | { readonly at: 'kit' | 'retype'; readonly name: string; readonly passphrase: string; readonly kit: Kit }
  | { readonly at: 'ready' }

interface WelcomeProps {
  /** Work that goes on while there is no vault: a restore. */
  readonly jobs: ReactNode
  readonly onSettingUp: (settingUp: boolean) => void
}

export function Welcome({ jobs, onSettingUp }: WelcomeProps) {
  const { t } = useTranslation()
  const client = useClient()
  const [step, setStep] = useState<Step>({ at: 'passphrase' })

  const choose = useAction(async (name: string, passphrase: string) => {
    const kit = await client.call('vault.draftKit', {})
    setStep({ at: 'kit', name, passphrase, kit })
  })
  const create: Action<[readonly string[]]> = useAction(async (typed: readonly string[]) => {
    if (step.at !== 'retype') return
    const { name, passphrase, kit } = step
    const retyped = kit.ask.map((at, index) => ({ at, word: (typed[index] ?? '').trim().toLowerCase() }))
    onSettingUp(true)
    try {
      await client.call('vault.create', { name, passphrase, draft: kit.draft, retyped })
    } catch (error) {
      onSettingUp(false)
      throw error
    }
    setStep({ at: 'ready' })
  })

  // However the welcome ends, by its last button or because the vault was locked meanwhile, it is over.
  useEffect(() => () => onSettingUp(false), [onSettingUp])

  const kicker = (at: number) => t('welcome.step', { step: at, steps: 4 })
  const begin = () => setStep({ at: 'passphrase' })
  if (step.at === 'restore') return <RestoreForm jobs={jobs} isNew onBack={begin} />
  if (step.at === 'passphrase') {
    return <PassphraseStep kicker={kicker(1)} onNext={choose} onRestore={() => setStep({ at: 'restore' })} />
  }
  if (step.at === 'ready') return <ReadyStep kicker={kicker(4)} onOpen={() => onSettingUp(false)} />
  if (step.at === 'retype') {
    const back = () => setStep({ ...step, at: 'kit' })
    return <RetypeStep kicker={kicker(3)} kit={step.kit} create={create} onBack={back} />
  }
  return (
    <KitStep
      kicker={kicker(2)}
      name={step.name}
      kit={step.kit}
      onBack={begin}
      onNext={() => setStep({ ...step, at: 'retype' })}
    />
  )
}
