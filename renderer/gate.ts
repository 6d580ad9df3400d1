// What a person meets while no vault is open. It is loaded before the page is first drawn: React keeps a screen that had
// to be waited for back until 300 ms after it last showed that something is awaited, and a start would pay that twice.
import type { QueryClient } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import type { Client } from './api.ts'

export const Welcome = lazyRouteComponent(() => import('./screens/welcome/Welcome.tsx'), 'Welcome')
export const Unlock = lazyRouteComponent(() => import('./screens/unlock/Unlock.tsx'), 'Unlock')
export const Unreadable = lazyRouteComponent(() => import('./screens/unlock/Unreadable.tsx'), 'Unreadable')

/** Never fails: what could not be asked or loaded here is asked and loaded again by the page, which can say what is wrong. */
export async function prepareGate(client: Client, cache: QueryClient): Promise<void> {
  const queryFn = () => client.call('vault.status', {})
  const status = await cache.fetchQuery({ queryKey: ['vault.status', {}], queryFn }).catch(() => undefined)
  if (status?.state === 'unlocked') return
  const screen = status === undefined ? Unreadable : status.state === 'none' ? Welcome : Unlock
  await screen.preload?.()
}
