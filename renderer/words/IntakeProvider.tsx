// Lends what is being added to every screen of an open vault. Locking ends it: the core has forgotten the files by then.
import { type ReactNode, createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { ErrorShape } from '../../shared/errors.ts'
import { useClient } from '../api.ts'
import { type Intake, type IntakeState, createIntake } from './intake.ts'

const IntakeContext = createContext<Intake | null>(null)

export function IntakeProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient()
  const [intake] = useState(() => createIntake({ client, storage: window.sessionStorage }))
  useEffect(() => intake.begin(), [intake])
  return <IntakeContext value={intake}>{children}</IntakeContext>
}

export function useIntake(): Intake & { readonly now: IntakeState; readonly problem: ErrorShape | null } {
  const intake = useContext(IntakeContext)
  if (intake === null) throw new Error('A screen was drawn outside of IntakeProvider')
  const now = useSyncExternalStore(intake.onChange, intake.state)
  const problem = useSyncExternalStore(intake.onChange, intake.error)
  return { ...intake, now, problem }
}
