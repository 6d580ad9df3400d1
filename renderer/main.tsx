// Starts the page: reaches the host, learns theme and language, and draws. It keeps nothing of its own.
import { QueryClient } from '@tanstack/react-query'
import { createHashHistory } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Appearance } from '../shared/api/settings.ts'
import { createClient, followEvents, pickTransport } from './api.ts'
import { App } from './App.tsx'
import { prepareGate } from './gate.ts'
import { createI18n, pickLanguage } from './i18n.ts'
import { showTheme } from './theme.ts'
import './ui/tokens.css'
import './ui/base.css'

async function start(root: HTMLElement): Promise<void> {
  const client = createClient({ transport: await pickTransport(window) })
  // Answers stay good until an event says otherwise; the page never asks on a timer.
  const cache = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  })
  followEvents(client, cache)
  const unknown: Appearance = { theme: 'system', language: 'system' }
  const queryKey = ['appearance.get', {}]
  const asked = cache.fetchQuery({ queryKey, queryFn: () => client.call('appearance.get', {}) })
  const gate = prepareGate(client, cache)
  const appearance = await asked.catch(() => {
    cache.setQueryData(queryKey, unknown)
    return unknown
  })
  showTheme(document.documentElement, appearance.theme)
  const i18n = await createI18n(pickLanguage(appearance.language, navigator.languages))
  await gate
  createRoot(root).render(
    <StrictMode>
      <App client={client} cache={cache} i18n={i18n} history={createHashHistory()} />
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root !== null) void start(root)
