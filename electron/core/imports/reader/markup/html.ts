// What a page or an HTML mail says, as text. Tags are only told apart, never carried out: nothing of it runs, nothing is
// fetched, and no tree is built, so that a page 200,000 elements deep is as cheap as any other of its length.
import { QuoteType, Tokenizer } from 'htmlparser2'
import { createTextWriter } from './html-text.ts'
import { oneLine } from '../text/text.ts'

export interface PageLink {
  readonly url: string
  readonly text: string
}

export interface Page extends About {
  readonly text: string
}

/** What a page says beside its text. */
export interface About {
  readonly title: string
  /** To http, https and mailto, in order, each once. */
  readonly links: readonly PageLink[]
  /** Where it says it stands: `<link rel="canonical">`, or og:url. */
  readonly url: string | undefined
  /** By name, as `<meta name>` and `<meta property>` say it, in small letters. */
  readonly meta: ReadonlyMap<string, string>
  /** Its first heading. */
  readonly heading: string
}

/** What is not shown as text: programs, looks, other pages. A title is kept apart. */
const unread = new Set(['script', 'style', 'title', 'template', 'iframe', 'noembed', 'noframes', 'object', 'select'])
const endsLine = new Set(
  'address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
const endsParagraph = new Set('article blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre section table ul'.split(' '))
const mostLinks = 1000
/** Of a title, and of what stands in an attribute. */
const longestName = 64 * 1024
/** Names and attributes that began in an earlier piece are looked up there. */
const lookBack = 64 * 1024

export function readHtml(html: string): Page {
  const parts: string[] = []
  const page = createPage((text) => parts.push(text))
  page.write(html)
  const about = page.end()
  return { ...about, text: parts.join('') }
}

/** A page that comes in pieces. `take` gets its text as it comes. */
export function createPage(take: (text: string) => void): { write(html: string): void; end(): About } {
  const out = createTextWriter(take)
  let held = ''
  let heldFrom = 0
  const meta = new Map<string, string>()
  const links = new Map<string, string>()
  let title = ''
  let heading = ''
  let canonical: string | undefined

  let tag = ''
  let attributes = new Map<string, string>()
  let attribute = ''
  let value = ''
  /** The tag whose inside is not read, and how often it was opened. */
  let shut = ''
  let shutDeep = 0
  let titles = 0
  let anchor: { readonly url: string; text: string } | undefined
  /** Of a first heading that has not ended yet. */
  let heads: 'before' | 'inside' | 'after' = 'before'

  const textIs = (text: string) => {
    // A drawing in the page has titles, too; the first is the page's.
    if (shut === 'title' && titles === 1 && title.length < longestName) title += text
    if (shut !== '') return
    out.write(text)
    if (anchor !== undefined && anchor.text.length < 1000) anchor.text += text
    if (heads === 'inside' && heading.length < 1000) heading += text
  }

  const leaveAnchor = () => {
    if (anchor !== undefined && !links.has(anchor.url) && links.size < mostLinks)
      links.set(anchor.url, oneLine(anchor.text, 200))
    anchor = undefined
  }

  const opened = () => {
    if (shut !== '') {
      if (tag === shut) shutDeep += 1
      return
    }
    if (unread.has(tag)) {
      shut = tag
      shutDeep = 1
      if (tag === 'title') titles += 1
    }
    if (endsLine.has(tag)) out.lineEnd(endsParagraph.has(tag))
    if (tag === 'br') out.newLine()
    else if (tag === 'li') out.write('- ')
    else if (tag === 'pre') out.asWritten(true)
    else if (tag === 'img') out.write(` ${attributes.get('alt') ?? ''} `)
    else if (tag === 'a') {
      leaveAnchor()
      const url = linkOf(attributes.get('href'))
      if (url !== undefined) anchor = { url, text: '' }
    } else if (/^h[1-3]$/.test(tag)) heads = heads === 'before' ? 'inside' : heads
    else if (tag === 'meta') {
      const name = attributes.get('property') ?? attributes.get('name') ?? attributes.get('itemprop')
      const content = attributes.get('content')
      if (name !== undefined && content !== undefined && meta.size < 200) meta.set(name.toLowerCase(), content)
    } else if (tag === 'link' && attributes.get('rel')?.toLowerCase() === 'canonical')
      canonical ??= linkOf(attributes.get('href'))
  }

  const closing = (name: string) => {
    if (shut !== '') {
      if (name === shut) shutDeep -= 1
      if (shutDeep === 0) shut = ''
      return
    }
    if (name === 'pre') out.asWritten(false)
    else if (name === 'a') leaveAnchor()
    else if (name === 'td' || name === 'th') out.write('\t')
    else if (/^h[1-3]$/.test(name) && heads === 'inside') heads = 'after'
    if (endsLine.has(name)) out.lineEnd(endsParagraph.has(name))
  }

  const written = (start: number, end: number) => held.slice(Math.max(0, start - heldFrom), end - heldFrom)
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        tag = written(start, end).toLowerCase()
        attributes = new Map()
      },
      onattribname(start, end) {
        attribute = written(start, end).toLowerCase()
        value = ''
      },
      onattribdata(start, end) {
        if (value.length < longestName) value += written(start, end)
      },
      onattribentity(codepoint) {
        value += String.fromCodePoint(codepoint)
      },
      onattribend(quotes) {
        if (quotes !== QuoteType.NoValue && !attributes.has(attribute)) attributes.set(attribute, value)
      },
      onopentagend: opened,
      onselfclosingtag: opened,
      onclosetag(start, end) {
        closing(written(start, end).toLowerCase())
      },
      ontext(start, end) {
        textIs(written(start, end))
      },
      ontextentity(codepoint) {
        textIs(String.fromCodePoint(codepoint))
      },
      oncdata(start, end, offset) {
        textIs(written(start, end - offset))
      },
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  )
  return {
    write(html) {
      const from = Math.max(0, held.length - lookBack)
      heldFrom += from
      held = held.slice(from) + html
      tokenizer.write(html)
    },
    end() {
      tokenizer.end()
      leaveAnchor()
      out.end()
      return {
        title: oneLine(title, 200),
        links: Array.from(links, ([url, text]) => ({ url, text })),
        url: canonical ?? linkOf(meta.get('og:url')),
        meta,
        heading: oneLine(heading, 200),
      }
    },
  }
}

/** A web or mail address that leads somewhere by itself; anything else (a script, a place in the page) is none. */
function linkOf(href: string | undefined): string | undefined {
  const url = href?.trim() ?? ''
  return /^(?:https?:\/\/|mailto:)/i.test(url) && url.length <= 2000 && URL.canParse(url) ? url : undefined
}
