// What screens ask the core, and hear from it.
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useEffectEvent } from 'react'
import type { Input, MethodName, Output } from '../../shared/api/api.ts'
import type { EventName } from '../../shared/api/events.ts'
import type { ErrorShape } from '../../shared/errors.ts'
import { type Client, type Payload, shapeOf } from './client.ts'

export const ClientContext = createContext<Client | null>(null)

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('A screen was drawn outside of ClientContext')
  return client
}

/** An answer of the core, kept fresh by events. Suspends until the first one is here. */
export function useAnswer<M extends MethodName>(method: M, input: Input<M>): Output<M> {
  const client = useClient()
  return useSuspenseQuery({ queryKey: [method, input], queryFn: () => client.call(method, input) }).data
}

/** Asks once more when the person comes back to the page: for what can change without an event. */
export function useAskOnReturn(method: MethodName): void {
  const cache = useQueryClient()
  useEffect(() => {
    const ask = () => void cache.invalidateQueries({ queryKey: [method] })
    window.addEventListener('focus', ask)
    return () => window.removeEventListener('focus', ask)
  }, [cache, method])
}

export interface Attempt<T> {
  readonly answer: T | undefined
  /** Why there is no answer yet. */
  readonly error: ErrorShape | null
  /** Why the answer was not to be had again: what it told of may be gone. */
  readonly lost: ErrorShape | null
  readonly again: () => void
}

/** An answer whose failure the screen shows itself, with a way to ask again. */
export function useAttempt<M extends MethodName>(method: M, input: Input<M>): Attempt<Output<M>> {
  const client = useClient()
  const { data, error, refetch } = useQuery({
    queryKey: [method, input],
    queryFn: () => client.call(method, input),
  })
  const failed = error === null ? null : shapeOf(error)
  return {
    answer: data,
    error: data === undefined ? failed : null,
    lost: data === undefined ? null : failed,
    again: () => void refetch(),
  }
}

export function useEvent<E extends EventName>(name: E, listener: (payload: Payload<E>) => void): void {
  const client = useClient()
  const latest = useEffectEvent(listener)
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.event === name) latest(event.payload as Payload<E>)
      }),
    [client, name],
  )
}
