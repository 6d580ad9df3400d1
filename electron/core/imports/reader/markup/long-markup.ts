// Markup without what no parser could hold: a text, a tag or a comment of hundreds of megabytes is shortened before it gets
// there, so that it costs what it stands in and not the rest of the file. All else is passed on as it is.

export type Step =
  | { readonly text: string }
  /** Something was left out here: of a tag, or of the text of the innermost open element. */
  | { readonly left: 'tag' | 'text' | 'nothing'; readonly lines: number }

interface Limits {
  readonly text: number
  readonly tag: number
}

type Kind = 'text' | 'tag' | 'comment' | 'cdata' | 'instruction'
type Left = Extract<Step, { left: unknown }>['left']

const closings = { comment: '-->', cdata: ']]>', instruction: '?>' } as const
const leaves: Readonly<Record<Kind, Left>> = {
  text: 'text',
  cdata: 'text',
  tag: 'tag',
  comment: 'nothing',
  instruction: 'nothing',
}
const longestOpening = '<![CDATA['.length
/** From a quotation mark to the `=` that makes it the beginning of a value. */
const lookBack = 20

export function createShortener(limits: Limits): (part: string, last: boolean) => Step[] {
  let kind: Kind = 'text'
  /** Of what may be shortened: the text, or the values in a tag. */
  let length = 0
  let quote = ''
  /** What may be the beginning of something that goes on in the next part. */
  let held = ''
  /** The end of what was there before that. */
  let before = ''

  return (part, last) => {
    const steps: Step[] = []
    const all = held + part
    let at = 0
    let passed = 0

    const pass = (to: number) => {
      if (to > passed) steps.push({ text: all.slice(passed, to) })
      passed = to
    }
    const shorten = (to: number) => {
      const most = kind === 'text' || kind === 'cdata' ? limits.text : limits.tag
      const room = Math.max(0, most - length)
      length += to - at
      if (to - at > room) {
        // Never half a character.
        pass(at + room - (/[\ud800-\udbff]/.test(all.charAt(at + room - 1)) && room > 0 ? 1 : 0))
        steps.push({ left: leaves[kind], lines: all.slice(passed, to).split('\n').length - 1 })
        passed = to
      }
      at = to
    }
    const endOf = (to: number) => (to < lookBack ? before + all.slice(0, to) : all.slice(to - lookBack, to))
    const enter = (next: Kind, from: number) => {
      kind = next
      length = 0
      at = from
    }

    /** Each goes on as far as it can, and says whether there is more to do. */
    const throughText = (): boolean => {
      const next = all.indexOf('<', at)
      shorten(next === -1 ? all.length : next)
      if (next === -1 || (!last && all.length - next < longestOpening)) return false
      const opening = /^<(?:!--|!\[CDATA\[|\?|[!/\p{L}_:])/u.exec(all.slice(next, next + longestOpening))?.[0]
      // A sign alone is text.
      if (opening === undefined) at = next + 1
      else enter(kindOf(opening), next + opening.length)
      return true
    }
    const throughTag = (): boolean => {
      const end = quote === '' ? nextSign(all, at) : all.indexOf(quote, at)
      if (quote !== '') {
        shorten(end === -1 ? all.length : end)
        if (end === -1) return false
        quote = ''
      } else if (end === -1) {
        at = all.length
        return false
      } else if (all[end] === '>') {
        enter('text', end + 1)
        return true
      } else if (/=\s*$/.test(endOf(end))) quote = all.charAt(end)
      // An apostrophe inside a word opens nothing.
      at = end + 1
      return true
    }
    const throughRest = (closing: string): boolean => {
      const end = all.indexOf(closing, at)
      shorten(end === -1 ? Math.max(at, all.length - (last ? 0 : closing.length - 1)) : end)
      if (end !== -1) enter('text', end + closing.length)
      return end !== -1
    }

    let goesOn = true
    while (goesOn && at < all.length) {
      if (kind === 'text') goesOn = throughText()
      else goesOn = kind === 'tag' ? throughTag() : throughRest(closings[kind])
    }
    pass(at)
    held = all.slice(at)
    before = endOf(at).slice(-lookBack)
    return steps
  }
}

const kindOf = (opening: string): Kind =>
  opening === '<!--' ? 'comment' : opening === '<![CDATA[' ? 'cdata' : opening === '<?' ? 'instruction' : 'tag'

const signs = /["'>]/g

function nextSign(text: string, from: number): number {
  signs.lastIndex = from
  return signs.exec(text)?.index ?? -1
}
