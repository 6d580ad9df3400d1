import { describe, expect, it } from 'vitest'
import { markdown } from '../../../../../electron/core/imports/reader/formats/markdown.ts'
import { certainty } from '../../../../../electron/core/imports/reader/importer.ts'
import { mutated } from '../mutated.ts'
import { readAll, sampleOf } from '../support.ts'

const bread = `---
title: "Bread: the second try"
created: 2024-02-03 09:15
tags: [Baking, to try]
author: Ann
rating: 4
---
# Bread

See [[Flour|what flour]] and [[recipes/Oven#Heat]], also [water](../basics/Still%20water.md).
![[loaf.png|300]] ![crumb](<img/crumb 2.jpg>) [[missing]] #sunday #2024 #bread/rye

\`\`\`sh
echo [[Not a link]] #nottag
\`\`\`
`

const vault = {
  'Vault/notes/Bread.md': bread,
  'Vault/Flour.md': 'White or *whole*.',
  'Vault/old/deep/Flour.md': 'Old flour.',
  'Vault/recipes/Oven.md': '# Oven\n\nHot. [[Bread]]',
  'Vault/basics/Still water.md': 'Tap.',
  'Vault/files/loaf.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
  'Vault/notes/img/crumb 2.jpg': Uint8Array.of(0xff, 0xd8, 0xff),
}
const only = async (files: Record<string, string | Uint8Array>) => (await readAll(markdown, files)).items[0]
/** The note at a path, with all the others beside it. */
const noteAt = (path: keyof typeof vault) => only({ [path]: vault[path], ...vault })

describe('a note in Markdown', () => {
  it('says its title, time, tags and more in its front matter', async () => {
    const { items, problems } = await readAll(markdown, vault)
    expect(problems).toEqual([])
    expect(items).toMatchObject([
      {
        type: 'note',
        bodyIs: 'markdown',
        title: 'Bread: the second try',
        when: { at: Date.UTC(2024, 1, 3, 8, 15) },
        tags: ['Baking', 'to try', 'sunday', 'bread/rye'],
        people: [{ name: 'Ann', role: 'from' }],
        facts: { created: '2024-02-03 09:15', rating: 4 },
      },
    ])
    expect(items[0]?.body).toMatch(/^# Bread\n\nSee /)
  })

  it('leads to the notes it names, by name or by way, the one nearest to the top', async () => {
    const item = await noteAt('Vault/notes/Bread.md')
    const sames = await Promise.all(
      (['Vault/Flour.md', 'Vault/recipes/Oven.md', 'Vault/basics/Still water.md'] as const).map(
        async (path) => (await noteAt(path))?.same,
      ),
    )
    expect(item?.links).toEqual([
      { kind: 'mentions', same: sames[0], label: 'what flour' },
      { kind: 'mentions', same: sames[1], label: 'recipes/Oven#Heat' },
      { kind: 'mentions', same: sames[2], label: 'water' },
    ])
    expect((await noteAt('Vault/recipes/Oven.md'))?.links).toMatchObject([{ same: item?.same }])
  })

  it('brings the pictures and files it shows', async () => {
    expect((await noteAt('Vault/notes/Bread.md'))?.attachments).toEqual([
      { name: 'loaf.png', media: 'image/png', content: vault['Vault/files/loaf.png'] },
      { name: 'crumb 2.jpg', media: 'image/jpeg', content: vault['Vault/notes/img/crumb 2.jpg'] },
    ])
  })

  it('reaches nothing that did not come with it', async () => {
    const item = await only({
      'a/b.md':
        '![](../../../etc/passwd) ![](/etc/passwd) ![](file:///etc/passwd) ![](https://example.org/x.png) [[../../x]]',
      'etc/passwd': 'x',
      'x.md': 'x',
    })
    expect([item?.attachments, item?.links]).toEqual([[], []])
  })

  it('is called after its first heading, else after its file', async () => {
    expect((await only({ 'a.md': 'text\n\n# The **real** [[x|name]] #\n' }))?.title).toBe('The real name')
    expect((await only({ 'a.md': 'The name\n========\n\ntext' }))?.title).toBe('The name')
    expect((await only({ 'Notes/My list.md': '- one\n- two' }))?.title).toBe('My list')
    expect((await only({ 'in\u202evoice.md': 'text' }))?.title).toBe('invoice')
  })

  it('of a diary is of its day', async () => {
    expect((await only({ 'Daily/2024-05-01.md': 'Slept long.' }))?.when).toEqual({ day: '2024-05-01' })
    expect((await only({ 'a.md': '---\ndate: 0000-01-01\n---\nx' }))?.when).toBeUndefined()
  })

  it('is the same under another name, with other line ends, and by its own id when it changed', async () => {
    const first = await only({ 'a.md': '# A\n\ntext\n' })
    expect((await only({ 'copy/b.md': '\ufeff# A\r\n\r\ntext' }))?.same).toBe(first?.same)
    const sameOf = async (text: string) => (await only({ 'a.md': `---\nid: 20240203-0915\n---\n${text}` }))?.same
    expect(await sameOf('one')).toBe(await sameOf('two'))
  })

  it('keeps as text what is no front matter, and says so', async () => {
    const drawn = await readAll(markdown, { 'a.md': '---\n\nOnly a line.' })
    expect(drawn).toMatchObject({ problems: [], items: [{ body: '---\n\nOnly a line.' }] })
    const broken = await readAll(markdown, { 'a.md': '---\ntitle: [open\n---\ntext' })
    expect(broken).toMatchObject({ problems: [{ why: 'damaged' }], items: [{ body: '---\ntitle: [open\n---\ntext' }] })
  })

  it('makes nothing large of few words, and nothing deep', async () => {
    const laughs = `---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n---\ntext`
    expect((await readAll(markdown, { 'a.md': laughs })).problems).toMatchObject([{ why: 'damaged' }])
    const deep = `---\na: ${'['.repeat(30_000)}\n---\ntext`
    expect((await readAll(markdown, { 'a.md': deep })).items).toHaveLength(1)
    expect((await readAll(markdown, { 'a.md': `${'['.repeat(200_000)}${'> '.repeat(200_000)}` })).items).toHaveLength(1)
  })

  it('comes in parts where it is longer than one item', async () => {
    const { items } = await readAll(markdown, { 'a.md': `# Long\n\n${'A line of words.\n'.repeat(150_000)}` })
    expect(items).toHaveLength(2)
    expect(items[1]?.links).toEqual([{ kind: 'part', same: items[0]?.same }])
  })

  it('is told by what is in it', () => {
    expect(markdown.recognises(sampleOf('Bread', bread))).toBe(certainty.general)
    expect(markdown.recognises(sampleOf('x.txt', '# A\n\n- b\n- [c](d)\n'))).toBe(certainty.general)
    expect(markdown.recognises(sampleOf('x.txt', 'Dear Ann,\n\nthank you.'))).toBe(certainty.no)
    expect(markdown.recognises(sampleOf('x.md', Uint8Array.of(0, 1, 2)))).toBe(certainty.no)
  })

  it('gives items and problems, whatever happened to the file', async () => {
    for (const bytes of mutated(new TextEncoder().encode(bread), 400)) {
      const { items, problems } = await readAll(markdown, { ...vault, 'Vault/notes/Bread.md': bytes })
      if (bytes.length > 10) expect(items.length + problems.length).toBeGreaterThan(0)
    }
  })
})
