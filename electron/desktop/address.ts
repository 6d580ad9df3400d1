// The one address the window may show, and how it is recognised. It compares text and never parses: two parsers that
// disagree about a URL are how such checks are got round.

export const scheme = 'app'
export const origin = `${scheme}://vault`
export const page = `${origin}/`

/** The slash at the end matters: `app://vault.evil.com/` begins with `app://vault` too. */
export const isOurs = (url: string): boolean => url.startsWith(page)
