// The one way out of the window: a whole https address, opened in the person's own browser after they have read it and said
// so. The question is the main process's own, so that no page can put another address into it or answer it.
import type { BrowserWindow, Dialog, Shell, WebContents } from 'electron'
import { isOurs } from './address.ts'
import type { Words } from './words.ts'

interface OutsideParts {
  readonly shell: Pick<Shell, 'openExternal'>
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly windowOf: (contents: WebContents) => BrowserWindow | null
  readonly words: () => Words
}

/** Never rejects; does nothing for an address it does not know the form of. */
export type AskOutside = (contents: WebContents, address: string) => Promise<void>

export function createOutside({ shell, dialog, windowOf, words }: OutsideParts): AskOutside {
  /** One question at a time: a page that asks again and again cannot wear anybody out. */
  let asking = false

  const agreed = async (window: BrowserWindow, address: string): Promise<boolean> => {
    const { leave, leaveText, cancel, openInBrowser } = words()
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: leave,
      detail: `${address}\n\n${leaveText}`,
      buttons: [cancel, openInBrowser],
      // What Enter and Escape answer: no.
      defaultId: 0,
      cancelId: 0,
    })
    return response === 1
  }

  return async (contents, address) => {
    const window = windowOf(contents)
    if (asking || window === null || !isOurs(contents.getURL()) || !isWhole(address)) return
    asking = true
    try {
      if (await agreed(window, address)) await shell.openExternal(address)
    } catch {
      // A system without a browser refuses; the page stays as it was.
    } finally {
      asking = false
    }
  }
}

const longest = 2048

/**
 * An address that reads the same to everybody: letter by letter what the standard's parser would write, so that other
 * alphabets stand as what they are (`xn--…`), and with no name before the host's that could be taken for it.
 */
function isWhole(address: string): boolean {
  const isLikely = address.length <= longest && /^https:\/\/[^/@]+\//.test(address)
  return isLikely && URL.canParse(address) && new URL(address).href === address
}
