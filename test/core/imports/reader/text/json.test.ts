import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elements, longestElement, startOfJson } from '../../../../../electron/core/imports/reader/text/json.ts'
import { Unreadable } from '../../../../../electron/core/imports/reader/importer.ts'
import { entryOf, readingOf } from '../support.ts'

const reading = readingOf({})

async function all(text: string | Uint8Array, paths: string[], piece = 3) {
  const values: unknown[] = []
  const problems: { why: string; at: number | undefined }[] = []
  const found = []
  try {
    for await (const element of elements(entryOf('a.json', text, piece), reading, ...paths)) {
      found.push(element)
      if ('problem' in element) problems.push({ why: element.problem.why, at: element.problem.at })
      else values.push(element.value)
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    problems.push({ why: error.why, at: error.at })
  }
  return { values, problems, found }
}

describe('the elements of a JSON file', () => {
  it('are those of a list, in order and numbered', async () => {
    const { found, problems } = await all(' [ {"a": "]"}, [1, [2]], "x,\\"", -1.5e3 , null,true]\n', ['$.*'])
    expect(problems).toEqual([])
    expect(found).toEqual(
      [{ a: ']' }, [1, [2]], 'x,"', -1500, null, true].map((value, at) => ({ value, record: at + 1, path: [at] })),
    )
  })

  it('are found under keys, past everything else', async () => {
    const text = JSON.stringify({
      about: { messages: [0], 'a}"': '{' },
      chats: { list: [{ name: 'Ann', messages: [1, 2] }, { name: 'Bo', messages: [] }, { messages: [{ x: 3 }] }] },
      messages: [4],
    })
    expect((await all(text, ['$.messages.*'])).values).toEqual([4])
    const { found } = await all(text, ['$.chats.list.*.name', '$.chats.list.*.messages.*'])
    expect(found.map((one) => ('value' in one ? [one.path.join('.'), one.value] : one))).toEqual([
      ['chats.list.0.name', 'Ann'],
      ['chats.list.0.messages.0', 1],
      ['chats.list.0.messages.1', 2],
      ['chats.list.1.name', 'Bo'],
      ['chats.list.2.messages.0', { x: 3 }],
    ])
  })

  it('are the values of an object under a star, and the whole under $', async () => {
    const { found } = await all('{"a\\u0062": 1, "c": [2]}', ['$.*'])
    expect(found.map((one) => 'path' in one && one.path)).toEqual([['ab'], ['c']])
    expect((await all('{"a": [1]}', ['$'])).values).toEqual([{ a: [1] }])
    expect((await all('7', ['$'])).values).toEqual([7])
  })

  it('come one by one although one of them is broken', async () => {
    expect(await all('[1, {"a": nope}, 3]', ['$.*'])).toMatchObject({
      values: [1, 3],
      problems: [{ why: 'damaged', at: 2 }],
    })
  })

  it('come as far as the file goes', async () => {
    expect(await all('[{"a": 1}, {"a": 2}, {"a"', ['$.*'])).toMatchObject({
      values: [{ a: 1 }, { a: 2 }],
      problems: [{ why: 'cut-short', at: 2 }],
    })
    expect((await all('', ['$.*'])).problems).toMatchObject([{ why: 'cut-short' }])
    expect((await all('[1] [2]', ['$.*'])).problems).toMatchObject([{ why: 'damaged' }])
    expect((await all('{"a" 1}', ['$.*'])).problems).toMatchObject([{ why: 'damaged' }])
  })

  it('may not be deeper than anybody writes, and the next ones still come', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(await all(`[1, ${deep}, {"a": 2}]`, ['$.*'], 1000)).toMatchObject({
      values: [1, { a: 2 }],
      problems: [{ why: 'too-deep', at: 2 }],
    })
    expect((await all('{"a":'.repeat(200_000), ['$.messages.*'], 1000)).problems).toMatchObject([{ why: 'cut-short' }])
  })

  it('may not be larger than memory allows, and the next ones still come', async () => {
    const huge = `"${'x'.repeat(longestElement)}"`
    expect(await all(`[1, ${huge}, 2]`, ['$.*'], 64 * 1024)).toMatchObject({
      values: [1, 2],
      problems: [{ why: 'too-large', at: 2 }],
    })
  })

  it('are refused where their letters cannot be decoded, and only those', async () => {
    const bytes = Buffer.concat([Buffer.from('["ü", "'), Uint8Array.of(0xff), Buffer.from('", "b"]')])
    const filler = Buffer.from(`[${'"ü",'.repeat(30_000)}`)
    expect(await all(Buffer.concat([filler, bytes.subarray(1)]), ['$.*'], 4096)).toMatchObject({
      problems: [{ why: 'wrong-encoding', at: 30_002 }],
    })
  })

  it('are what JSON.parse makes of the whole, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 50 }),
        fc.nat(3),
        async (list, piece, indent) => {
          const text = JSON.stringify(list, null, indent)
          const { values, problems } = await all(text, ['$.*'], piece)
          expect(problems).toEqual([])
          expect(values).toEqual(JSON.parse(text))
        },
      ),
    )
  })

  it('never make more than values and problems of bytes gone wrong', async () => {
    const sound = new TextEncoder().encode(JSON.stringify({ list: [{ a: 'ä"\\', b: [1, null] }, {}, 'x'], more: 1 }))
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), fc.nat(sound.length), async (at, byte, cut) => {
        const bytes = sound.slice(0, cut)
        bytes[at] = byte
        const { values, problems } = await all(bytes, ['$.list.*'], 7)
        expect(values.length + problems.length).toBeLessThan(40)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the beginning of a JSON file', () => {
  it('is closed where the last whole part of it ends', () => {
    expect(startOfJson('\n[{"a": 1, "b": [{"c": "d"}, {"e": "f')).toEqual([{ a: 1, b: [{ c: 'd' }, {}] }])
    expect(startOfJson('{"a": {"b": 1}, "c": tru')).toEqual({ a: { b: 1 } })
    expect(startOfJson('{"a":1}\n{"a":2}')).toEqual({ a: 1 })
    expect(startOfJson('[1,2]')).toEqual([1, 2])
    expect(startOfJson(`{"a":1,"b":${'['.repeat(30_000)}`)).toHaveProperty('a', 1)
  })

  it('is nothing where there is no JSON', () => {
    expect(startOfJson('BEGIN:VCARD')).toBeUndefined()
    expect(startOfJson('[Verse 1]\nhello')).toBeUndefined()
    expect(startOfJson(null)).toBeUndefined()
  })
})
