// Locking from this page: what is being written is kept first. It is not waited for long: locking wins over everything.
import { type ReactNode, createContext, useContext, useEffect, useEffectEvent, useState } from 'react'
import { useClient } from '../api.ts'

type Keep = () => Promise<unknown>

const LeavingContext = createContext<Set<Keep> | null>(null)

const longestWaitMs = 1000

export function LeavingProvider({ children }: { readonly children: ReactNode }) {
  const [keeps] = useState(() => new Set<Keep>())
  return <LeavingContext value={keeps}>{children}</LeavingContext>
}

function useKeeps(): Set<Keep> {
  const keeps = useContext(LeavingContext)
  if (keeps === null) throw new Error('A screen was drawn outside of LeavingProvider')
  return keeps
}

/** Called before the vault is locked from here. */
export function useBeforeLock(keep: Keep): void {
  const keeps = useKeeps()
  const latest = useEffectEvent(keep)
  useEffect(() => {
    const one = () => latest()
    keeps.add(one)
    return () => void keeps.delete(one)
  }, [keeps])
}

export function useLock(): () => void {
  const keeps = useKeeps()
  const client = useClient()
  return () => {
    const kept = Promise.allSettled([...keeps].map((keep) => keep()))
    const longest = new Promise((resolve) => setTimeout(resolve, longestWaitMs))
    // Locked already: the gate shows it.
    void Promise.race([kept, longest]).then(() => client.call('vault.lock', {}).catch(() => undefined))
  }
}
