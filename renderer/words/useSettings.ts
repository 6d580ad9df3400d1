// Changes a setting at once, offers to take it back, and then to make it again. A change that failed is said and leaves
// things as they were.
import type { Appearance, Settings } from '../../shared/api/settings.ts'
import { shapeOf, useAnswer, useClient } from '../api.ts'
import { type TakeBack, type Words, useToasts } from '../ui/Toast.tsx'

export function useSettings() {
  const client = useClient()
  const { say } = useToasts()
  const settings = useAnswer('settings.get', {})
  const complain = (error: unknown) => say((t) => t(`errors.${shapeOf(error).code}`))
  const change = async (next: Partial<Settings>, said: Words) => {
    const before = Object.fromEntries(Object.keys(next).map((name) => [name, settings[name as keyof Settings]]))
    const set = (values: Partial<Settings>) => client.call('settings.set', values)
    await set(next).then(() => say(said, between(set, before, next, complain)), complain)
  }
  return { settings, change }
}

export function useAppearance() {
  const client = useClient()
  const { say } = useToasts()
  const appearance = useAnswer('appearance.get', {})
  const complain = (error: unknown) => say((t) => t(`errors.${shapeOf(error).code}`))
  const change = async (next: Partial<Appearance>, said: Words) => {
    const set = (values: Partial<Appearance>) => client.call('appearance.set', values)
    await set(next).then(() => say(said, between(set, appearance, next, complain)), complain)
  }
  return { appearance, change }
}

/** Goes back to the values of before, and from there to these again. */
function between<V>(set: (values: V) => Promise<unknown>, before: V, now: V, complain: (error: unknown) => void) {
  const turn =
    (to: V, from: V, done: 'undone' | 'redone'): TakeBack =>
    () =>
      set(to).then(
        () => ({ words: (t) => t(`do.${done}Setting`), back: turn(from, to, done === 'undone' ? 'redone' : 'undone') }),
        (error: unknown) => {
          complain(error)
          return undefined
        },
      )
  return turn(before, now, 'undone')
}
