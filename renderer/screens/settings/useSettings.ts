// Changes a setting at once and offers to take it back. A change that failed is said and leaves things as they were.
import type { Appearance, Settings } from '../../../shared/api/settings.ts'
import { shapeOf, useAnswer, useClient } from '../../api.ts'
import { type Words, useToasts } from '../../ui/Toast.tsx'

export function useSettings() {
  const client = useClient()
  const { say } = useToasts()
  const settings = useAnswer('settings.get', {})
  const complain = (error: unknown) => say((t) => t(`errors.${shapeOf(error).code}`))
  const set = (change: Partial<Settings>) => client.call('settings.set', change).catch(complain)
  const change = async (next: Partial<Settings>, said: Words) => {
    const before = Object.fromEntries(Object.keys(next).map((name) => [name, settings[name as keyof Settings]]))
    await client.call('settings.set', next).then(() => say(said, () => void set(before)), complain)
  }
  return { settings, change }
}

export function useAppearance() {
  const client = useClient()
  const { say } = useToasts()
  const appearance = useAnswer('appearance.get', {})
  const complain = (error: unknown) => say((t) => t(`errors.${shapeOf(error).code}`))
  const change = async (next: Partial<Appearance>, said: Words) => {
    const undo = () => void client.call('appearance.set', appearance).catch(complain)
    await client.call('appearance.set', next).then(() => say(said, undo), complain)
  }
  return { appearance, change }
}
