// Archives, and what hostile ones try: each costs itself and a line in the report, and every other item still arrives.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vaultTemplate } from '../../../support.ts'
import { lockedByAes, lockedByPkware } from './locked-zips.ts'
import { bring, calendar, folderOf, note, outcome, previewed, uploaded } from '../../support.ts'
import { type ZipEntry, bombEntry, zipOf } from './zips.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

async function brought(files: Readonly<Record<string, string | Uint8Array>>, password?: string) {
  const app = await template.open()
  const { import: id } = await bring(app, await uploaded(app, files), password === undefined ? {} : { password })
  return outcome(app, id)
}

const good: ZipEntry = { name: 'good.md', content: note(1) }

describe('an archive', () => {
  it('is read with the archives in it, three deep and no deeper', async () => {
    const inner = zipOf([{ name: 'four.md', content: note(4) }])
    const third = zipOf([
      { name: 'three.md', content: note(3) },
      { name: 'fourth.zip', content: inner },
    ])
    const second = zipOf([
      { name: 'two.ics', content: calendar(2) },
      { name: 'third.zip', content: third },
    ])
    const { counts, problems } = await brought({ 'first.zip': zipOf([good, { name: 'second.zip', content: second }]) })
    expect(counts).toMatchObject({ added: 4, failed: 1 })
    expect(problems).toEqual({ 'first.zip/second.zip/third.zip/fourth.zip': 'nested-too-deep' })
  })

  it('of the tar kind is read, packed or not, and its links are not followed', async () => {
    const folder = folderOf({ 'in/one.md': note(1), 'in/cal.ics': calendar(2) })
    execFileSync('ln', ['-s', '/etc/passwd', join(folder, 'in/link')])
    const tar = execFileSync('tar', ['-cf', '-', '-C', folder, 'in'])
    const { counts, problems } = await brought({ 'a.tar': tar, 'b.tgz': gzipSync(tar) })
    expect(counts).toMatchObject({ added: 3, duplicate: 3, failed: 2 })
    expect(Object.values(problems)).toEqual(['link', 'link'])
  })

  it('leaves nothing on the disk of what had to be unpacked', async () => {
    const app = await template.open()
    const inside = zipOf([good])
    await bring(app, await uploaded(app, { 'a.zip': zipOf([{ name: 'b.zip', content: inside }]) }))
    expect(readdirSync(join(app.folder, 'incoming'))).toEqual([])
  })
})

describe('a zip behind other bytes', () => {
  const stub = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(70_000, 7)])
  const inside = zipOf([good, { name: 'in/two.ics', content: calendar(2) }])
  /** As programs do it that know what comes before: every place is counted from the beginning of the file. */
  const moved = (zip: Buffer, by: number): Buffer => {
    const copy = Buffer.from(zip)
    const add = (at: number) => copy.writeUInt32LE(copy.readUInt32LE(at) + by, at)
    const header = Buffer.from('PK\x01\x02', 'latin1')
    for (let at = copy.indexOf(header); at !== -1; at = copy.indexOf(header, at + 1)) add(at + 42)
    add(copy.length - 22 + 16)
    return copy
  }
  const script = Buffer.from('#!/bin/sh\nexec unzip "$0"\n')
  const signature = Buffer.alloc(9000, 3)

  it.each([
    ['of a program', [stub, inside]],
    ['of a program that says where', [stub, moved(inside, stub.length)]],
    ['of a program that is signed', [stub, inside, signature]],
    ['of a script', [script, inside]],
    ['that say nothing', [Buffer.alloc(100, 1), inside]],
    ['of a program in a zip', [zipOf([{ name: 'setup.exe', content: Buffer.concat([stub, inside]) }])]],
  ])('%s is read as the zip it is', async (_, parts) => {
    const { counts, problems } = await brought({ 'setup.exe': Buffer.concat(parts) })
    expect([counts.added, problems]).toEqual([3, {}])
  })

  it('is read where it has very many entries', async () => {
    const entries = Array.from({ length: 0xffff }, (): ZipEntry => ({ name: 'a/', content: '' }))
    const { counts, problems } = await brought({ 'setup.exe': Buffer.concat([stub, zipOf([...entries, good])]) })
    expect([counts.added, problems]).toEqual([1, {}])
  })

  const end = inside.length - 22
  const lying = (at: number, to: number): Buffer => {
    const copy = Buffer.from(inside)
    copy.writeUInt32LE(to, at)
    return copy
  }
  it.each([
    ['nothing behind it', [stub]],
    ['an end and no zip', [stub, inside.subarray(end)]],
    ['ends without number', [stub, Buffer.from('PK\x05\x06'.repeat(20_000), 'latin1')]],
    ['a directory that is elsewhere', [stub, lying(end + 16, 3)]],
    ['a directory before its beginning', [stub, lying(end + 12, 0xffff_fff0)]],
    ['another file behind it', [Buffer.alloc(100, 1), inside, signature]],
  ])('is not made of one with %s', async (_, parts) => {
    const { counts, problems } = await brought({ 'setup.exe': Buffer.concat(parts) })
    expect([counts.added, problems]).toEqual([0, { 'setup.exe': 'not-recognised' }])
  })
})

describe('a hostile archive', () => {
  const bomb = bombEntry('bomb.txt', 100)
  const cases: readonly (readonly [string, readonly ZipEntry[], Readonly<Record<string, string>>])[] = [
    ['a path that leads out', [{ name: '../../out.md', content: note(2) }], { 'x.zip/out.md': 'unsafe-path' }],
    ['an absolute path', [{ name: '/etc/out.md', content: note(2) }], { 'x.zip/etc/out.md': 'unsafe-path' }],
    ['a path of Windows', [{ name: 'C:\\out.md', content: note(2) }], { 'x.zip/C:/out.md': 'unsafe-path' }],
    ['a link', [{ name: 'link.md', content: '/etc/passwd', link: true }], { 'x.zip/link.md': 'link' }],
    ['a bomb', [bomb], { 'x.zip/bomb.txt': 'bomb' }],
    ['a bomb that says it is small', [{ ...bomb, lies: { bytes: 1000 } }], { 'x.zip/bomb.txt': 'damaged' }],
    [
      'a header that promises more than there is',
      [{ name: 'lie.md', content: note(2), lies: { bytes: 5000 } }],
      { 'x.zip/lie.md': 'cut-short' },
    ],
    [
      'a checksum that is untrue',
      [{ name: 'lie.md', content: note(2), lies: { check: 1 } }],
      { 'x.zip/lie.md': 'damaged' },
    ],
  ]
  it.each(cases)('with %s costs that entry alone', async (_what, entries, problems) => {
    const found = await brought({ 'x.zip': zipOf([...entries, good]) })
    expect(found.problems).toEqual(problems)
    expect(found.counts).toMatchObject({ added: 1, failed: 1 })
  })

  it('whose entries share their bytes is a bomb as a whole', async () => {
    const large = bombEntry('0.txt', 60)
    const many = Array.from({ length: 30 }, (_, number) => ({ ...large, name: `${number}.txt`, sharesWithFirst: true }))
    const found = await brought({ 'x.zip': zipOf(many), 'beside.md': note(1) })
    expect(found.problems['x.zip']).toBe('bomb')
    expect(found.counts.added).toBeGreaterThanOrEqual(1)
  })

  it('whose archives hold archives of harmless size is a bomb as a whole', async () => {
    const several = (one: ZipEntry, count: number) =>
      zipOf(Array.from({ length: count }, (_, number) => ({ ...one, name: `${number}-${one.name}` })))
    const small = zipOf([bombEntry('zeros.txt', 20)])
    const found = await brought({
      'x.zip': several({ name: 'b.zip', content: several({ name: 'a.zip', content: small }, 8) }, 8),
      'y.md': note(1),
    })
    const met = Object.keys(found.files).filter((path) => path.endsWith('zeros.txt'))
    expect(met).toHaveLength(3)
    expect(found.problems['x.zip/0-b.zip/3-a.zip']).toBe('bomb')
    expect(found.counts.added).toBe(1)
  })

  it('that was cut short says so, and what comes beside it arrives', async () => {
    const whole = zipOf([good, { name: 'cal.ics', content: calendar(100) }])
    const found = await brought({ 'x.zip': whole.subarray(0, whole.length - 30), 'beside.md': note(2) })
    expect(found.problems).toEqual({ 'x.zip': 'cut-short' })
    expect(found.counts).toMatchObject({ added: 1, failed: 1 })
  })

  it('that gives one name to many files loses none of them', async () => {
    const found = await brought({
      'x.zip': zipOf([1, 2, 3].map((number) => ({ name: 'a.md', content: note(number) }))),
    })
    expect(found.counts).toMatchObject({ added: 3, failed: 0 })
    expect(Object.keys(found.files)).toEqual(['x.zip', 'x.zip/a.md', 'x.zip/a (2).md', 'x.zip/a (3).md'])
  })

  it('that packs itself into itself without end ends', async () => {
    let packed: Uint8Array = gzipSync(note(1))
    for (let depth = 0; depth < 20; depth += 1) packed = gzipSync(packed)
    const found = await brought({ 'x.gz': packed })
    expect(Object.values(found.problems)).toEqual(['nested-too-deep'])
  })
})

describe('a locked archive', () => {
  const files = { 'a.zip': lockedByPkware, 'b.zip': lockedByAes }

  it('asks for its password, and says which file it is about', async () => {
    const app = await template.open()
    const seen = await previewed(app, await uploaded(app, files))
    expect(seen.asks).toEqual([
      { for: 'password', path: 'a.zip' },
      { for: 'password', path: 'b.zip' },
    ])
    expect(seen.problems.map(({ why }) => why)).toEqual(['needs-password', 'needs-password'])
  })

  it('is read with it', async () => {
    const { counts, problems } = await brought(files, 'open sesame')
    expect(problems).toEqual({})
    expect(counts).toMatchObject({ added: 2, failed: 0 })
  })

  it('is not read with another one', async () => {
    const { counts, problems } = await brought(files, 'open simsim')
    expect(new Set(Object.values(problems))).toEqual(new Set(['wrong-password']))
    expect(counts).toMatchObject({ added: 0, failed: 2 })
  })

  it('is read later, once its password is known: what was kept before stays kept', async () => {
    const app = await template.open()
    const { import: id } = await bring(app, await uploaded(app, { ...files, 'beside.md': note(9) }))
    expect((await outcome(app, id)).counts).toMatchObject({ added: 1, failed: 2 })
    await app.finished(await app.call('imports.resume', { id, options: { password: 'open sesame' } }))
    const after = await outcome(app, id)
    expect(after.counts).toMatchObject({ added: 3, duplicate: 0, failed: 0 })
    expect(after.problems).toEqual({})
  })
})
