// The table that ships with Mindkeep, as it lies in the repository: what it promises in its card, and that the app reads it as
// the code that trained it does. Nothing here was learned from: every fifth scene of its training text was kept aside.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Embedder, loadEmbedder } from '../../../../electron/core/models/runtime/embedder.ts'
import { unit } from '../../../../electron/core/models/runtime/vectors.ts'

const models = 'resources/models'
const lines = (name: string) =>
  readFileSync(join(models, 'train/everyday', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('|').map((part) => part.trim()))

let table: Embedder
beforeAll(async () => {
  table = (await loadEmbedder(join(models, 'mindkeep-table'))).embedder
})

const meanings = async (texts: readonly string[]) =>
  (await table.embed(texts)).map((vector) => unit(vector) ?? expect.fail('nothing known'))
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0)

describe('the table that ships', () => {
  it('is small: all models that ship, and what they are made with, are under 16 MB', () => {
    const bytes = readdirSync(models, { recursive: true, encoding: 'utf8' })
      .map((name) => statSync(join(models, name)))
      .reduce((sum, found) => sum + (found.isFile() ? found.size : 0), 0)
    expect(bytes).toBeLessThan(16_000_000)
  })

  it('names every source of what it learned from', () => {
    const notice = readFileSync(join(models, 'NOTICE'), 'utf8')
    for (const source of ['MedQuAD', 'Open English WordNet', 'Princeton University', 'OpenStax']) {
      expect(notice).toContain(source)
    }
  })

  it('finds what answers a question, told in other words, among all scenes', async () => {
    const scenes = lines('scenes.txt')
    const texts = await meanings(scenes.map(([text = '']) => text))
    const asked = scenes.flatMap(([, ...questions], at) =>
      at % 5 === 4 ? questions.map((question) => ({ question, at })) : [],
    )
    const sought = await meanings(asked.map(({ question }) => question))
    const found = asked.filter(({ at }, number) => {
      const cosines = texts.map((text) => cosine(text, sought[number] ?? text))
      return cosines.filter((other) => other > (cosines[at] ?? -1)).length < 10
    })
    expect(asked.length).toBeGreaterThan(100)
    expect(found.length / asked.length).toBeGreaterThan(0.5)
  })

  it('says so where a text is in a language that it does not know', () => {
    const others = lines('languages.txt').filter(([, text = '']) => table.knows(text))
    expect(others.length).toBeLessThanOrEqual(2)
    const own = lines('scenes.txt').map(([text = '']) => text)
    expect(own.filter((text) => table.knows(text)).length / own.length).toBeGreaterThan(0.95)
  })

  it('takes more among more for near: its floors rise', () => {
    const cosines = table.floors.map(([, floor]) => floor)
    expect(cosines).toEqual(cosines.toSorted((a, b) => a - b))
    expect(table.floors.length).toBeGreaterThan(3)
  })

  it('has bits that are set about half of the time, as seen from the middle of all texts', async () => {
    const texts = await meanings(lines('scenes.txt').map(([text = '']) => text))
    const shares = Array.from(
      table.centre,
      (middle, at) => texts.filter((text) => (text[at] ?? 0) > middle).length / texts.length,
    )
    expect(shares.filter((share) => share > 0.2 && share < 0.8).length / shares.length).toBeGreaterThan(0.9)
  })
})
