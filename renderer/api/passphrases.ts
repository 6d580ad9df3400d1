// Help with choosing a passphrase, and the recovery kit as a file. Neither is ever cached.
import { useEffect, useState } from 'react'
import type { Strength } from '../../shared/api/vault.ts'
import { useAction } from './actions.ts'
import { useAnswer, useClient } from './answers.ts'

/**
 * How strong what is being typed is, and a suggestion on demand. Asked for after a short rest, not at every key; `measure`
 * does not wait for one.
 */
export function usePassphraseHelp(typed: string) {
  const client = useClient()
  const [strength, setStrength] = useState<Strength | null>(null)
  useEffect(() => {
    if (typed === '') return undefined
    let stale = false
    const timer = setTimeout(async () => {
      const measured = await client.call('vault.measurePassphrase', { passphrase: typed }).catch(() => null)
      if (!stale) setStrength(measured)
    }, 150)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [client, typed])
  const measure = () => client.call('vault.measurePassphrase', { passphrase: typed }).catch(() => null)
  const suggest = async () => {
    const suggested = await client.call('vault.suggestPassphrase', {}).catch(() => null)
    return suggested?.passphrase ?? null
  }
  return { strength: typed === '' ? null : strength, measure, suggest }
}

const downloadTime = 60_000

/** What became of the file. A browser does not say whether it kept what it was handed. */
export type KitSaved = 'saved' | 'handed' | null

/** Saves a recovery kit as a text file: through the desktop's own dialog, or as a download where there is none. */
export function useSaveKit(draft: string) {
  const client = useClient()
  const { canSaveFiles } = useAnswer('app.about', {})
  const [saved, setSaved] = useState<KitSaved>(null)
  const write = async (name: string, text: string): Promise<KitSaved> => {
    if (canSaveFiles) return (await client.call('vault.saveKit', { draft, text, name })).saved ? 'saved' : null
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
    link.download = name
    link.click()
    // The browser may read it a good while after the click.
    setTimeout(() => URL.revokeObjectURL(link.href), downloadTime)
    return 'handed'
  }
  // A change of mind takes nothing back: what was saved before is still there.
  const { run, busy, error } = useAction(async (name: string, text: string) => {
    const now = await write(name, text)
    if (now !== null) setSaved(now)
  })
  return { save: run, saved, busy, error }
}
