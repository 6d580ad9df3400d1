// What stands around every screen: language, theme, the cache, and the gate that decides whether the person sees a
// welcome, a locked door or their vault.
import { type QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { type RouterHistory, RouterProvider } from '@tanstack/react-router'
import type { i18n as I18n } from 'i18next'
import { Suspense, lazy, useEffect, useState, useSyncExternalStore } from 'react'
import { I18nProvider } from 'react-aria-components'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { type Client, ClientContext, dropVaultData, useAnswer, useAttempt, useClient, useEvent } from './api.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Unlock, Unreadable, Welcome } from './gate.ts'
import { pickLanguage, regionFor, speak } from './i18n.ts'
import { JobStrip } from './shell/JobStrip.tsx'
import { Gone, Lost, SignedOut } from './shell/LinkNotices.tsx'
import { useJobMessages } from './shell/useJobMessages.ts'
import { createAppRouter } from './router.tsx'
import { showTheme } from './theme.ts'
import { FormatProvider } from './ui/format.tsx'
import { ToastProvider, useToasts } from './ui/Toast.tsx'
import { DraftProvider } from './ui/useDraft.tsx'
import { useKeptFocus } from './ui/useKeptFocus.ts'
import { IntakeProvider } from './words/IntakeProvider.tsx'
import { LeavingProvider } from './words/leaving.tsx'
import { LibraryViewProvider } from './words/libraryView.tsx'
import { TimesProvider } from './words/times.tsx'

/** The design system on one page. Only a development build knows this import at all. */
const Gallery =
  import.meta.env.MODE === 'development'
    ? lazy(async () => ({ default: (await import('./screens/gallery/Gallery.tsx')).Gallery }))
    : null

interface AppProps {
  readonly client: Client
  readonly cache: QueryClient
  readonly i18n: I18n
  readonly history: RouterHistory
}

export function App({ client, cache, i18n, history }: AppProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <ErrorBoundary>
        <QueryClientProvider client={cache}>
          <ClientContext value={client}>
            <Suspense>
              <Appearance>
                <ToastProvider>
                  <DraftProvider>
                    <Suspense>
                      <Linked history={history} />
                    </Suspense>
                  </DraftProvider>
                </ToastProvider>
              </Appearance>
            </Suspense>
          </ClientContext>
        </QueryClientProvider>
      </ErrorBoundary>
    </I18nextProvider>
  )
}

function Appearance({ children }: { readonly children: React.ReactNode }) {
  const { i18n } = useTranslation()
  const { theme, language } = useAnswer('appearance.get', {})
  useEffect(() => showTheme(document.documentElement, theme), [theme])
  useEffect(() => {
    void speak(i18n, pickLanguage(language, navigator.languages))
  }, [i18n, language])
  useEffect(() => {
    document.documentElement.lang = i18n.language
  }, [i18n.language])
  return (
    <I18nProvider locale={regionFor(i18n.language, navigator.languages)}>
      <FormatProvider>
        <TimesProvider>{children}</TimesProvider>
      </FormatProvider>
    </I18nProvider>
  )
}

function Linked({ history }: { readonly history: RouterHistory }) {
  const client = useClient()
  const link = useSyncExternalStore(client.onLink, client.link)
  useKeptFocus()
  if (Gallery !== null && window.location.hash.startsWith('#/dev/gallery')) return <Gallery />
  if (link === 'signed-out') return <SignedOut />
  if (link === 'gone') return <Gone />
  return (
    <>
      {link === 'lost' && <Lost />}
      <Gate history={history} />
    </>
  )
}

function Gate({ history }: { readonly history: RouterHistory }) {
  const cache = useQueryClient()
  const status = useAttempt('vault.status', {})
  const state = status.answer?.state
  // The last step of the welcome is shown although the vault is open by then.
  const [settingUp, setSettingUp] = useState(false)
  const { clear } = useToasts()
  // Locked and opened again before anything was drawn: the screens leave all the same, with what they knew.
  const [wasLeft, setWasLeft] = useState(false)
  useEvent('vault.changed', (told) => {
    if (told.state === 'unlocked') return
    clear()
    setWasLeft(true)
  })
  useJobMessages()
  useEffect(() => {
    if (state === undefined || (state === 'unlocked' && !wasLeft)) return
    dropVaultData(cache)
    // oxlint-disable-next-line react/set-state-in-effect -- the screens have to be off the page before what they know goes
    setWasLeft(false)
  }, [cache, state, wasLeft])
  useEffect(() => {
    if (state !== undefined && state !== 'unlocked') clear()
  }, [clear, state])
  if (state === undefined) {
    return status.error === null ? null : <Unreadable error={status.error} jobs={<JobStrip />} onAgain={status.again} />
  }
  if (state === 'none' || (settingUp && state === 'unlocked')) {
    return <Welcome jobs={<JobStrip />} onSettingUp={setSettingUp} />
  }
  if (state === 'locked') return <Unlock jobs={<JobStrip />} />
  if (wasLeft) return null
  return <Screens history={history} />
}

function Screens({ history }: { readonly history: RouterHistory }) {
  const [router] = useState(() => createAppRouter(history))
  return (
    <LeavingProvider>
      <LibraryViewProvider>
        <IntakeProvider>
          <RouterProvider router={router} />
        </IntakeProvider>
      </LibraryViewProvider>
    </LeavingProvider>
  )
}
