import { expect, it } from 'vitest'
import { createCameAlong } from '../../../electron/core/imports/came-along.ts'
import { createPrepare } from '../../../electron/core/prepared.ts'
import { message, openLibrary } from '../library/support.ts'

it('a file came along with what an import brought where it is attached to that, by its name and size', async () => {
  const { db, add } = await openLibrary()
  const begin = (uid: string) =>
    Number(
      db
        .prepare(
          "INSERT INTO imports (uid, name, state, at, options, sources) VALUES (?, 'x', 'running', 't', '{}', '[]')",
        )
        .run(uid).lastInsertRowid,
    )
  const [here, elsewhere] = [begin('here'), begin('elsewhere')]
  const file = (of: number, path: string, bytes: number) =>
    Number(
      db
        .prepare("INSERT INTO import_files (import, path, bytes, state) VALUES (?, ?, ?, 'reading')")
        .run(of, path, bytes).lastInsertRowid,
    )
  const content = Buffer.from('a voice')
  const attachments = [{ name: 'voice.ogg', media: 'audio/ogg', content }]
  await add([message({ attachments })], file(here, 'chat/result.json', 99))
  const voice = file(here, 'chat/voices/voice.ogg', content.length)
  const another = file(here, 'chat/voices/voice.ogg.old', content.length)
  const shorter = file(here, 'other/voice.ogg', content.length - 1)
  const came = createCameAlong(
    createPrepare(() => ({ db })),
    here,
  )
  expect([voice, another, shorter].map(came)).toEqual([true, false, false])
  const foreign = file(elsewhere, 'chat/voices/voice.ogg', content.length)
  expect(
    createCameAlong(
      createPrepare(() => ({ db })),
      elsewhere,
    )(foreign),
  ).toBe(false)
})
