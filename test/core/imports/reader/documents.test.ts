// What people have besides the archives of companies: documents, notes, tables. Several importers could read some of these;
// the one that makes most of them takes them.
import { describe, expect, it } from 'vitest'
import { importers } from '../../../../electron/core/imports/reader/importers.ts'
import { makePdf, words } from './samples/pdfs.ts'
import { makeZip } from './samples/zips.ts'
import { importerFor } from './support.ts'

const word = makeZip([
  { name: '[Content_Types].xml', content: '' },
  { name: 'word/document.xml', content: '' },
])

const files: readonly (readonly [path: string, file: string | Uint8Array, format: string | undefined])[] = [
  ['scan', makePdf({ pages: [words([200, 'x'])] }), 'pdf'],
  ['letter', word, 'docx'],
  ['page.txt', '<!DOCTYPE html>\n<html><body><p>x</p></body></html>', 'html'],
  ['note.md', 'Only words, and a comma, here.', 'markdown'],
  ['table.md', '| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n', 'markdown'],
  ['list.md', '[One](https://example.org) and more', 'markdown'],
  ['note', '---\ntitle: x\ntags: [a]\n---\nwords', 'markdown'],
  ['data.json', '[{"a": 1}, {"a": 2}]', 'json'],
  ['data.csv', '{"a": 1, "b": 2, "c": 3}\n{"a": 1, "b": 2, "c": 3}\n{"a": 1, "b": 2, "c": 3}\n', 'json'],
  ['books.csv', 'Title,Author,Year,Rating\nMomo,Michael Ende,1973,5\nKrabat,Otfried Preußler,1971,5\n', 'csv'],
  ['books', Buffer.from('Title\tAuthor\tYear\nMomo\tEnde\t1973\nKrabat\tPreußler\t1971\n', 'utf16le'), 'csv'],
  ['letter.txt', 'Dear Ann,\n\nthank you, and see you soon.\n\nBo\n', 'text'],
  ['names.csv', 'Ann\nBo\nCy\n', 'text'],
  ['song.txt', '[Verse 1]\nLa la la\n', 'text'],
  ['program.md', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0), undefined],
  ['blank.txt', ' \n \n', 'text'],
]

describe('a document, a note or a table', () => {
  it.each(files)('%s is told by what is in it', (path, file, format) => {
    expect(importerFor(importers, path, file)?.format).toBe(format)
  })
})
