// How an XML file begins, for telling what it is. A text that only speaks of a tag begins with something else.

const before = /[\s\ufeff]+|<\?(?:(?!\?>)[\s\S])*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE\s[^>[]*(?:\[[^\]]*\]\s*)?>/iy
const tag = /<[\p{L}_][^<>]*/uy

/** The first tag without its end, behind what may stand before it in a document: `<rss version="2.0"`. */
export function rootTag(text: string | null): string {
  let at = 0
  for (;;) {
    before.lastIndex = at
    if (!before.test(text ?? '')) break
    at = before.lastIndex
  }
  tag.lastIndex = at
  return tag.exec(text ?? '')?.[0] ?? ''
}
