// One letter too many, too few, wrong or in the wrong place: words that the index does hold and that are so far from one
// that it does not. The vocabulary is asked about each possible word by name, so that its size does not matter.
import { z } from 'zod'
import type { Prepare } from '../prepared.ts'

/** Below this, nearly everything is one letter from something. */
const shortest = 4
const longest = 30

const alphabets: readonly (readonly [script: RegExp, letters: string])[] = [
  [/^[a-z]+$/u, 'abcdefghijklmnopqrstuvwxyz'],
  [/^\p{Script=Greek}+$/u, 'αβγδεζηθικλμνξοπρστυφχψω'],
  [/^\p{Script=Cyrillic}+$/u, 'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ'],
  [/^\p{Script=Hebrew}+$/u, 'אבגדהוזחטיכלמנסעפצקרשתךםןףץ'],
  [/^\p{Script=Arabic}+$/u, 'ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگء'],
]

/** Numbers are left as they are: one digit off is another number. So are scripts whose words are single signs. */
export function oneLetterFrom(word: string): Set<string> {
  const signs = Array.from(word)
  const letters = alphabets.find(([script]) => script.test(word))?.[1]
  if (letters === undefined || signs.length < shortest || signs.length > longest) return new Set()
  const near = new Set<string>()
  const add = (from: number, to: number, instead: string) =>
    near.add(signs.slice(0, from).join('') + instead + signs.slice(to).join(''))
  for (let at = 0; at <= signs.length; at += 1) {
    const [here, next] = signs.slice(at, at + 2)
    for (const letter of letters) {
      add(at, at, letter)
      if (here !== undefined) add(at, at + 1, letter)
    }
    if (here !== undefined) add(at, at + 1, '')
    if (here !== undefined && next !== undefined) add(at, at + 2, next + here)
  }
  near.delete(word)
  return near
}

const seen = z.int().optional()

export function createForgiving({ prepare }: { readonly prepare: Prepare }) {
  /** Words of the index, the most used first. */
  return (word: string): string[] => {
    const lookUp = prepare('SELECT doc FROM words_seen WHERE term = ?').pluck()
    return [...oneLetterFrom(word)]
      .map((near) => ({ near, items: seen.parse(lookUp.get(near)) ?? 0 }))
      .filter(({ items }) => items > 0)
      .toSorted((a, b) => b.items - a.items || (a.near < b.near ? -1 : 1))
      .map(({ near }) => near)
  }
}
