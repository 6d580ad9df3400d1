import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCodes } from '../../../../electron/core/search/meaning/codes.ts'

const width = 64
const code = fc.uint8Array({ minLength: width / 8, maxLength: width / 8 })
const distance = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, byte, at) => sum + (byte ^ (b[at] ?? 0)).toString(2).replaceAll('0', '').length, 0)

type Act = { readonly passage: number; readonly code: Uint8Array | null }
const acts = fc.array(fc.record({ passage: fc.nat(60), code: fc.option(code) }), { maxLength: 300 })

const byNumber = (a: number, b: number) => a - b

const after = (list: readonly Act[]) => {
  const codes = createCodes(width)
  const kept = new Map<number, Uint8Array>()
  for (const { passage, code: one } of list) {
    if (one === null) {
      codes.drop(passage)
      kept.delete(passage)
    } else {
      codes.add(passage, passage % 7, one)
      kept.set(passage, one)
    }
  }
  return { codes, kept }
}

describe('codes', () => {
  it('answer with the nearest, however they came and went', () => {
    fc.assert(
      fc.property(acts, code, fc.integer({ min: 1, max: 20 }), (list, sought, atLeast) => {
        const { codes, kept } = after(list)
        expect(codes.size()).toBe(kept.size)
        const found = codes.nearest(sought, atLeast).map(({ passage }) => passage)
        const far = [...kept].map(([passage, one]) => [passage, distance(one, sought)] as const)
        const sorted = far.map(([, by]) => by).toSorted((a, b) => a - b)
        const bound = sorted[Math.min(atLeast, sorted.length) - 1] ?? -1
        const expected = far.filter(([, by]) => by <= bound).map(([passage]) => passage)
        expect(found.toSorted(byNumber)).toEqual(expected.toSorted(byNumber))
      }),
    )
  })

  it('look only among the items that are named', () => {
    fc.assert(
      fc.property(acts, code, (list, sought) => {
        const { codes, kept } = after(list)
        const among = new Set([1, 3])
        const found = codes.nearest(sought, 1000, among).map(({ passage }) => passage)
        expect(found.toSorted(byNumber)).toEqual(
          [...kept.keys()].filter((passage) => among.has(passage % 7)).toSorted(byNumber),
        )
        const of = codes.passagesOf(among).map(({ passage }) => passage)
        expect(of.toSorted(byNumber)).toEqual(found.toSorted(byNumber))
      }),
    )
  })
})
