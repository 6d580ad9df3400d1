import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../renderer/ui/tokens.css'), 'utf8')

interface Pair {
  readonly light: string
  readonly dark: string
}

const tokens = new Map<string, Pair>(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

const token = (name: string): Pair => {
  const pair = tokens.get(name)
  if (pair === undefined) throw new Error(`tokens.css has no colour named ${name}`)
  return pair
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['bg', 'surface', 'raised', 'sunken'] as const

/** Text that is read: at least 4.5 to 1. */
const texts: readonly (readonly [string, string])[] = [
  ...['text', 'muted', 'accent', 'accent-strong', 'ok', 'danger', 'danger-strong', 'warn'].flatMap((ink) =>
    grounds.map((ground) => [ink, ground] as const),
  ),
  ...['text', 'accent', 'accent-strong', 'muted'].map((ink) => [ink, 'accent-soft'] as const),
  ['text', 'ok-soft'],
  ['ok', 'ok-soft'],
  ['text', 'warn-soft'],
  ['warn', 'warn-soft'],
  ['text', 'danger-soft'],
  ['danger', 'danger-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-strong'],
  ['bg', 'text'],
]

/** Edges of controls, the focus ring, bars and icons that tell something: at least 3 to 1. */
const shapes: readonly (readonly [string, string])[] = [
  ...['border', 'accent'].flatMap((edge) => grounds.map((ground) => [edge, ground] as const)),
  ...['ok', 'warn', 'danger'].map((bar) => [bar, 'hairline'] as const),
  ['accent', 'hairline'],
]

describe('colours', () => {
  it('are the ones the product was given', () => {
    const given = {
      bg: ['#fcfaf7', '#11151a'],
      surface: ['#ffffff', '#1a1f24'],
      text: ['#1b222b', '#edebe7'],
      muted: ['#575e68', '#a5acb2'],
      accent: ['#096868', '#70cdc7'],
    }
    for (const [name, [light, dark]] of Object.entries(given)) expect(token(name), name).toEqual({ light, dark })
    expect(token('border').light).toBe('#80878f')
    expect(token('raised').dark).toBe('#23282e')
    expect([token('ok').light, token('warn').light, token('danger').light]).toEqual(['#206b38', '#895709', '#b02a2d'])
  })

  for (const scheme of ['light', 'dark'] as const) {
    it(`can be read in ${scheme}: every text on every ground it stands on meets AA`, () => {
      const poor = texts.filter(([ink, ground]) => contrast(token(ink)[scheme], token(ground)[scheme]) < 4.5)
      expect(
        poor.map(
          ([ink, ground]) => `${ink} on ${ground} ${contrast(token(ink)[scheme], token(ground)[scheme]).toFixed(2)}`,
        ),
      ).toEqual([])
    })

    it(`can be made out in ${scheme}: every edge, ring and bar meets AA`, () => {
      const poor = shapes.filter(([edge, ground]) => contrast(token(edge)[scheme], token(ground)[scheme]) < 3)
      expect(
        poor.map(
          ([edge, ground]) => `${edge} on ${ground} ${contrast(token(edge)[scheme], token(ground)[scheme]).toFixed(2)}`,
        ),
      ).toEqual([])
    })
  }

  it('would be caught when too pale', () => {
    expect(contrast('#999999', '#ffffff')).toBeLessThan(4.5)
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  })
})
