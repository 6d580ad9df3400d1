// Half-typed words that outlive the screen they were typed on, so that auto-lock costs nobody their sentence. Secrets
// never go here: a draft is kept in memory while the vault is locked.
import { type ReactNode, createContext, useContext, useState } from 'react'

type Drafts = Map<string, string>

const DraftContext = createContext<Drafts | null>(null)

export function DraftProvider({ children }: { readonly children: ReactNode }) {
  const [drafts] = useState<Drafts>(() => new Map())
  return <DraftContext value={drafts}>{children}</DraftContext>
}

export function useDraft(name: string, initial: string): readonly [string, (value: string) => void] {
  const drafts = useContext(DraftContext)
  const [value, setValue] = useState(drafts?.get(name) ?? initial)
  const keep = (next: string) => {
    if (next === '' || next === initial) drafts?.delete(name)
    else drafts?.set(name, next)
    setValue(next)
  }
  return [value, keep]
}
