// What a vault's Library holds, as its pages would show it: to be compared with what it held before.
import { Readable } from 'node:stream'
import type { Item } from '../../../shared/api/library.ts'
import type { Subject } from './subject.ts'

export interface Holding {
  readonly items: readonly Item[]
  readonly versions: readonly unknown[]
  readonly collections: readonly unknown[]
  readonly drafts: readonly unknown[]
}

export async function holdingOf({ call }: Pick<Subject, 'call'>): Promise<Holding> {
  const { rows } = await call('library.list', { limit: 200 })
  const items = await Promise.all(rows.map(({ id }) => call('library.get', { id })))
  const versions = await Promise.all(rows.map(({ id }) => call('library.versions', { id })))
  return {
    items,
    versions,
    collections: await call('library.collections', {}),
    drafts: await call('library.drafts', {}),
  }
}

const mail = `From: Ada <ada@example.org>
To: Noor <noor@example.org>
Subject: The plums are ripe
Date: Sat, 4 May 2019 10:30:00 +0200
Message-ID: <plums@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain

Come and pick them.
--x
Content-Type: text/csv; name="weights.csv"
Content-Disposition: attachment; filename="weights.csv"

tree,kilos
old,31
--x--
`

/** Something in every table that a person's things lie in, but for the Trash, which is emptied with time. */
export async function fillLibrary({ app, call, finish }: Subject): Promise<void> {
  const hand = (name: string, content: string) =>
    app.files.receive({ name, bytes: Buffer.byteLength(content) }, Readable.from([Buffer.from(content)]))
  await finish('imports.start', { handles: [await hand('plums.eml', mail.replaceAll('\n', '\r\n'))] })
  const { id } = await call('library.writeNote', { title: 'Jam', body: 'Sugar, [[The plums are ripe]].' })
  await call('library.writeNote', { id, title: 'Jam', body: 'Less sugar, [[The plums are ripe]].' })
  const which = { ids: [id] }
  await call('library.tag', { which, add: ['kitchen'] })
  await call('library.collect', { which, add: [{ name: 'Summer' }] })
  await call('library.setLevel', { which, level: 'secret' })
  await call('library.saveDraft', { name: 'new', title: 'Half', body: 'a sentence' })
}
