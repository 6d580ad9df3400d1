// Files that are what they should be and hold nothing: they were read, and did not fail.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vaultTemplate } from '../support.ts'
import { zipOf } from './reader/archives/zips.ts'
import { bring, outcome, previewed, uploaded } from './support.ts'

const template = vaultTemplate()
beforeAll(template.make)
afterAll(template.remove)

const empty = {
  'home.ics': 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nX-WR-CALNAME:Home\r\nEND:VCALENDAR\r\n',
  'result.json': '{"name":"Ann","type":"personal_chat","id":7,"messages":[]}',
  'list.json': '[]',
  'way.gpx': '<?xml version="1.0"?><gpx version="1.1"></gpx>',
  'news.rss': '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>',
  'news.atom': '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
  'feeds.opml': '<?xml version="1.0"?><opml version="2.0"><head/><body/></opml>',
  'books.csv': 'Title;Author;Finished\r\n',
  'statement.csv': 'Booking date,Payee,Amount,Currency\n\n',
  'blank.txt': ' \n\t\n',
  'blank.md': '\n\n',
  'page.html': '<!DOCTYPE html><html><body></body></html>',
  'keep.json': '{"isTrashed":false,"isPinned":false,"title":"","textContent":""}',
  'all.zip': zipOf([]),
  'Inbox.mbox': '',
}

describe('a file with nothing in it', () => {
  it('was read, and it says so of every kind of file', async () => {
    const app = await template.open()
    const names = Object.keys(empty)
    const each = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]))
    const found = await previewed(app, await uploaded(app, empty))
    const brought = await bring(app, await uploaded(app, empty))
    expect(found.problems.map(({ path, why }) => [path, why])).toEqual(names.map((name) => [name, 'empty']))
    expect(found).toMatchObject({ added: 0, failed: 0 })
    expect(await outcome(app, brought.import)).toEqual({
      state: 'done',
      counts: { added: 0, changed: 0, duplicate: 0, skipped: 0, failed: 0 },
      files: each('skipped'),
      problems: each('empty'),
    })
  })
})

describe('a file that another one only names', () => {
  it('is said not to be known, where it is not', async () => {
    const app = await template.open()
    const files = { 'Diary.md': Buffer.alloc(300), 'Index.md': '# Index\n\nSee [[Diary]] and [it](Diary.md).\n' }
    const brought = await bring(app, await uploaded(app, files))
    expect(await outcome(app, brought.import)).toMatchObject({
      counts: { added: 1, failed: 1 },
      problems: { 'Diary.md': 'not-recognised' },
    })
  })
})
