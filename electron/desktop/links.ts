// Deep links, `mindkeep://settings` and its like: they may bring a screen to the front and do nothing more. Anything but
// the exact words below is ignored, since any web page and any document can send one.
import type { App } from 'electron'

const form = /^mindkeep:\/\/(home|activity|settings)\/?$/

export function routeOf(link: string): string | undefined {
  const screen = form.exec(link)?.[1]
  return screen === undefined ? undefined : `#/${screen === 'home' ? '' : screen}`
}

/** Windows and Linux hand a link over as one of the arguments of a new start. */
export function routeIn(args: readonly string[]): string | undefined {
  return args.map(routeOf).find((route) => route !== undefined)
}

interface LinksParts {
  readonly app: Pick<App, 'on' | 'setAsDefaultProtocolClient' | 'isPackaged'>
  readonly show: (route?: string) => void
}

export function followLinks({ app, show }: LinksParts): void {
  // From a checkout this would leave the system pointing at a development copy.
  if (app.isPackaged) app.setAsDefaultProtocolClient('mindkeep')
  app.on('second-instance', (_event, args) => show(routeIn(args)))
  app.on('open-url', (event, link) => {
    event.preventDefault()
    const route = routeOf(link)
    if (route !== undefined) show(route)
  })
}
