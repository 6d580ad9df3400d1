// Tells the person where their page is: opens it, or prints a link, or prints one line of JSON for a script. Every link
// works once, so Enter in the terminal brings another.
import { createInterface } from 'node:readline'
import type { Clock } from '../core/ports.ts'
import { openInBrowser } from './open.ts'
import type { Options } from './options.ts'
import type { WebServer } from './server.ts'

interface AnnounceParts {
  readonly server: WebServer
  readonly options: Options
  readonly clock: Clock
  readonly stateFolder: string
  readonly say: (text: string) => void
}

const help = 'Press Enter here for a fresh link. Press Ctrl-C to lock the vault and stop.'

/** Answers the function that tidies up: no more links, no file with a link left. */
export async function announce({ server, options, clock, stateFolder, say }: AnnounceParts): Promise<() => void> {
  const surroundings = { clock, stateFolder, platform: process.platform, env: process.env }
  const page = options.open ? await openInBrowser(surroundings, server.startLink()) : null
  const remove = (): void => page?.remove()

  if (options.json) {
    say(JSON.stringify({ address: server.address(), link: server.startLink() }))
    return remove
  }
  say(page?.opened === true ? opened(server) : linkText(server, options))
  const lines = createInterface({ input: process.stdin, terminal: false })
  lines.on('line', () => say(`  ${server.startLink()}`))
  // A terminal that went away asks for no more links; the page goes on.
  lines.on('error', () => lines.close())
  return () => {
    lines.close()
    remove()
  }
}

const opened = (server: WebServer): string => `Mindkeep is open in your browser, at ${server.address()}\n${help}`

function linkText(server: WebServer, { open }: Options): string {
  const why = open ? 'No browser could be opened from here. ' : ''
  return [
    `Mindkeep runs at ${server.address()}`,
    `${why}Open this link in a browser on this computer; it works once:`,
    `  ${server.startLink()}`,
    help,
  ].join('\n')
}
