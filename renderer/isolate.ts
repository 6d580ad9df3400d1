// Keeps the direction of a text inside itself, so that a name cannot turn the sentence around it back to front. It takes
// nothing visible away; what would end its own isolation early is the only thing it leaves out.

const isolateFirst = '\u2068'
const popIsolate = '\u2069'
const opens = /[\u2066-\u2068]/u
/** Letters written from right to left, and every character that only directs others. */
const directs =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

export function isolate(text: string): string {
  if (!directs.test(text)) return text
  let open = 0
  let kept = ''
  // Isolation ends with its paragraph, so the text may not end one.
  for (const character of text.replaceAll(/[\p{Cc}\p{Zp}]/gu, ' ')) {
    if (opens.test(character)) open += 1
    else if (character === popIsolate && open > 0) open -= 1
    else if (character === popIsolate) continue
    kept += character
  }
  return `${isolateFirst}${kept}${popIsolate.repeat(open + 1)}`
}
