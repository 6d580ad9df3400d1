// Takes from every page, present and future, whatever a vault's window never needs: permissions, navigation, new windows,
// webviews, downloads and the network. It only refuses; the single thing it lets through is `app://vault/`.
import type { App, Event, Session, WebContents } from 'electron'
import { isOurs } from './address.ts'
import type { AskOutside } from './outside.ts'

interface GuardParts {
  readonly app: Pick<App, 'enableSandbox' | 'commandLine' | 'on'>
  /** What becomes of a link that leads out. */
  readonly outside: AskOutside
}

/** Must run before the app is ready: the sandbox and the switches have no effect later. */
export function guardApp({ app, outside }: GuardParts): void {
  app.enableSandbox()
  // Chromium's own services and any page that slips past the request filter find no address to talk to.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.on('session-created', guardSession)
  app.on('web-contents-created', (_event, contents) => guardContents(contents, outside))
}

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  // The spelling checker fetches its dictionaries from the network.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', refuse)
  // No page of ours has a frame inside it; one that came about all the same asks for nothing.
  session.webRequest.onBeforeRequest(({ url, frame }, answer) =>
    answer({ cancel: !isOurs(url) || (frame?.parent ?? null) !== null }),
  )
}

function guardContents(contents: WebContents, outside: AskOutside): void {
  // Screens change behind the # of the address, which is no navigation: every real one comes from elsewhere.
  contents.on('will-navigate', refuse)
  contents.on('will-frame-navigate', refuse)
  contents.on('will-redirect', refuse)
  contents.on('will-attach-webview', refuse)
  contents.setWindowOpenHandler(({ url }) => {
    void outside(contents, url)
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

const refuse = (event: Pick<Event, 'preventDefault'>): void => event.preventDefault()
