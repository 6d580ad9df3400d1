// Looks at a page from inside: what it is built of, what it says, and in which order its letters stand. It changes
// nothing there.
import type { Page } from 'playwright-core'

/** What is left of a text when spaces and characters that nobody sees are put aside. */
export const seenOf = (text: string): string => text.toWellFormed().replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')

export interface Seen {
  /**
   * What the page is built of: each element with the names of its attributes, and the values of those that lead
   * somewhere or run something. Two texts shown by the same screen differ in nothing of this.
   */
  readonly skeleton: readonly string[]
  /** Everything that the page says, fields included. */
  readonly words: string
  /** Marks that were set, and violations of the policy. */
  readonly ran: readonly string[]
}

/** Looks once the page says `awaited`, or after two seconds without it. */
export async function look(page: Page, awaited: string): Promise<Seen> {
  const seen = await page.evaluate(async (text) => {
    const wordsNow = () => {
      const fields = [...document.querySelectorAll('input, textarea')] as HTMLInputElement[]
      return [document.body.textContent, ...fields.map(({ value }) => value)].join('\n')
    }
    const until = performance.now() + 2_000
    while (!wordsNow().includes(text) && performance.now() < until) await new Promise((again) => setTimeout(again))
    const leading = /^(on|style$|src|href$|action$|formaction$|data$|poster$|ping$|target$|http-equiv$|content$|xlink)/
    // What follows the focus, the pointer and the moments of an animation about.
    const fleeting = /^data-(focus|hover|press|entering|rac|react-aria-pressable)/
    const skeleton = [...document.querySelectorAll('*')].map((element) => {
      const attributes = [...element.attributes]
        .filter(({ name }) => !fleeting.test(name))
        // Sizes change with the length of a text; nothing else about a style may.
        .map(({ name, value }) => (leading.test(name) ? `${name}=${value.replaceAll(/[\d.]+/g, '0')}` : name))
      return [element.tagName, ...attributes.toSorted()].join(' ')
    })
    return { skeleton, words: wordsNow(), ran: [...(window.hits ?? []), ...(window.violations ?? [])] }
  }, awaited)
  return { ...seen, words: seenOf(seen.words) }
}

/** Whether the letters of `words`, found last in the page's text, stand from left to right on every line of theirs. */
export const standsInOrder = (page: Page, words: string): Promise<boolean> =>
  page.evaluate((sought) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let ordered: boolean | null = null
    while (texts.nextNode()) {
      const text = texts.currentNode as Text
      const start = text.data.lastIndexOf(sought)
      if (start < 0 || !text.parentElement?.checkVisibility()) continue
      let before: DOMRect | null = null
      ordered ??= true
      for (let at = start; at < start + sought.length; at += 1) {
        const range = new Range()
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        const here = range.getBoundingClientRect()
        if (before !== null && Math.abs(here.top - before.top) < 2 && here.left < before.left) ordered = false
        if (here.width > 0) before = here
      }
    }
    if (ordered === null) throw new Error(`The page does not say: ${sought}`)
    return ordered
  }, words)
