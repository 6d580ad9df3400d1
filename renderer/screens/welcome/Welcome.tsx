// The first run in four steps: promise and passphrase, recovery kit, proof that it was kept, the truth. The vault is made
// at the third; until then nothing is written anywhere.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, useAction, useClient } from '../../api.ts'
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
  | { readonly at: 'kit' | 'retype'; readonly name: string; readonly passphrase: string; readonly kit: Kit }
  | { readonly at: 'ready' }

export function Welcome({ onSettingUp }: { readonly onSettingUp: (settingUp: boolean) => void }) {
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
  if (step.at === 'passphrase') return <PassphraseStep kicker={kicker(1)} onNext={choose} />
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
      onBack={() => setStep({ at: 'passphrase' })}
      onNext={() => setStep({ ...step, at: 'retype' })}
    />
  )
}
