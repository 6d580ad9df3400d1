// Which of the encodings from before Unicode a text is in. Nothing says so for certain: languages are told by their frequent
// letters (chardet), and what chardet does not know or is too unsure of by what comes out when it is read.
import { analyse } from 'chardet'

/** Labels as the Encoding Standard has them; TextDecoder knows every one. */
const legacy = new Map([
  ['ISO-8859-1', 'windows-1252'],
  ['ISO-8859-2', 'windows-1250'],
  ['ISO-8859-5', 'iso-8859-5'],
  ['ISO-8859-6', 'windows-1256'],
  ['ISO-8859-7', 'windows-1253'],
  ['ISO-8859-8', 'windows-1255'],
  ['ISO-8859-9', 'windows-1254'],
  ['windows-1250', 'windows-1250'],
  ['windows-1251', 'windows-1251'],
  ['windows-1252', 'windows-1252'],
  ['windows-1253', 'windows-1253'],
  ['windows-1254', 'windows-1254'],
  ['windows-1255', 'windows-1255'],
  ['windows-1256', 'windows-1256'],
  ['KOI8-R', 'koi8-r'],
  ['Shift_JIS', 'shift_jis'],
  ['EUC-JP', 'euc-jp'],
  ['EUC-KR', 'euc-kr'],
  ['Big5', 'big5'],
  ['GB18030', 'gb18030'],
  ['ISO-2022-JP', 'iso-2022-jp'],
])

/** Below this, what chardet names is not much more likely than anything else. */
const sure = 45
const latin: readonly string[] = ['windows-1252', 'windows-1250', 'windows-1254']
export const isWestern = (label: string): boolean => latin.includes(label) || label === 'macintosh'
const eastern: readonly string[] = ['shift_jis', 'euc-jp', 'euc-kr', 'gb18030', 'big5']

/** Undefined where whatever it is read as is no writing. */
export function guessedEncoding(start: Uint8Array): string | undefined {
  const beyond = start.reduce((count, byte) => count + (byte >> 7), 0)
  const best = analyse(start)
    .map(({ name, confidence }) => ({ label: legacy.get(name) ?? '', confidence }))
    // One sign of the East alone is rather one of the West: `20 °C`.
    .find(({ label }) => label !== '' && (beyond > 2 || !eastern.includes(label)) && decodes(start, label))
  if (best === undefined || best.confidence < sure) {
    const found = easternEncoding(start)
    const isDoubtful = best === undefined || eastern.includes(best.label) || wordiness(start, best.label) < 0
    if (found !== undefined && isDoubtful) return found
  }
  if (best !== undefined && !latin.includes(best.label)) return best.label
  const usual = ['windows-1252', 'windows-1250'] as const
  for (const labels of [best === undefined ? usual : ([best.label] as const), usual]) {
    const wordiest = mostWordy(start, [...labels, 'macintosh'])
    if (wordiness(start, wordiest) >= 0) return wordiest
  }
  return undefined
}

/** The last bytes may be half a character: they are not held against it. */
const decodes = (start: Uint8Array, label: string) => !read(start, label).includes('\ufffd')

const read = (start: Uint8Array, label: string) => new TextDecoder(label).decode(start, { stream: true })

/** The first of those that read best. */
function mostWordy(start: Uint8Array, labels: readonly [string, ...string[]]): string {
  let [best] = labels
  for (const label of labels) if (wordiness(start, label) > wordiness(start, best)) best = label
  return best
}

/**
 * How much what is beyond ASCII looks like letters inside words. chardet does not know Mac OS Roman, which spreadsheets on
 * a Mac still write; read as windows-1252 its accents turn into capitals and signs in the middle of words.
 */
function wordiness(start: Uint8Array, label: string): number {
  const text = read(start.subarray(0, 16 * 1024), label)
  const good = text.match(/(?<=\p{L})[^\p{ASCII}\P{Ll}](?=\p{L})/gu)?.length ?? 0
  const bad = text.match(odd)?.length ?? 0
  return good - 3 * bad
}

/**
 * Capitals in the middle of words, signs inside of them, controls, and what the byte 0xff stands for in each of these
 * encodings: next to nobody writes it, and it is what damage looks like.
 */
const odd =
  /(?<=\p{Ll})[^\p{ASCII}\P{Lu}]|(?<=\p{Lu})[^\p{ASCII}\P{Lu}](?=\p{Ll})|(?<=\p{L})(?:[^\p{ASCII}\p{L}\p{M}\p{P}]|[\u00a1\u00bf\u201a\u201e\u2020-\u2022]|(?<![lL])\u00b7)+(?=\p{L})|[^\P{Cc}\s]|[\u00ff\u02c7\u02d9]/gu

/**
 * A table with few words in it is too short for chardet to know the languages of the East. Each of their encodings keeps
 * what is common apart: kana and hangul by alphabet, frequent Chinese signs by their first byte.
 */
function easternEncoding(start: Uint8Array): string | undefined {
  const share = (label: string, signs: RegExp) => {
    const text = read(start, label)
    const beyond = text.match(/[^\p{ASCII}]/gu)?.length ?? 0
    return beyond < 3 || text.includes('\ufffd') ? 0 : (text.match(signs)?.length ?? 0) / beyond
  }
  const kana = /[\u3041-\u30fe]/g
  const japanese = /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/g
  const inJapanese = ['shift_jis', 'euc-jp'].find((label) => share(label, kana) > 0.15 && share(label, japanese) > 0.95)
  if (inJapanese !== undefined) return inJapanese
  if (share('euc-kr', /[\uac00-\ud7a3]/g) > 0.9) return 'euc-kr'
  const [gb, big5] = [frequent(start, 0xb0, 0xd7), frequent(start, 0xa4, 0xc6)]
  if (gb >= big5) return gb > 0.9 && share('gb18030', /\p{Script=Han}/gu) > 0.7 ? 'gb18030' : undefined
  return big5 > 0.9 && share('big5', /\p{Script=Han}/gu) > 0.7 ? 'big5' : undefined
}

/** How many of the pairs that are no punctuation begin as frequent signs do (level 1 of GB 2312 and of Big5). */
function frequent(start: Uint8Array, from: number, to: number): number {
  let [pairs, within] = [0, 0]
  for (let at = 0; at < start.length; at += 1) {
    const lead = start[at] ?? 0
    if (lead < 0x80) continue
    at += 1
    if (lead <= 0xa3) continue
    pairs += 1
    if (lead >= from && lead <= to) within += 1
  }
  return pairs === 0 ? 0 : within / pairs
}
