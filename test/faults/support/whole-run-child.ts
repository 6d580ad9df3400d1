// A whole life of a vault, with secrets planted wherever a person can type one, behind the real web server with its real
// log. What was planted goes to the output, which is a pipe; the vault stays as it is after the last lock.
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createApp } from '../../../electron/core/app.ts'
import { createFileLog } from '../../../electron/core/log.ts'
import { systemClock } from '../../../electron/core/ports.ts'
import { createWebServer } from '../../../electron/web/server.ts'
import { smallPage } from '../../hosts/web/support/page.ts'
import { ask, goodCall, newToken, replyIn, signIn, withBody } from '../../hosts/web/support/served.ts'
import { plant } from './planted.ts'
import { foldersOf, retypedFrom, stretching } from './subject.ts'

const [base = ''] = process.argv.slice(2)
const folders = foldersOf(base)
const log = createFileLog({ clock: systemClock, stateFolder: folders.stateFolder })
const app = await createApp({ clock: systemClock, log }, { host: 'web', version: '0', stretching, ...folders })
const server = createWebServer({ app, files: smallPage, clock: systemClock, log })
const { host, port } = new URL(await server.listen({ port: 0 }))
const token = newToken(server)
const keys = await signIn({ host, port: Number(port) }, token)

const typed: string[] = []
/** Something only this run can know, in the words a person might use. */
const secret = (about: string) => {
  const text = `planted ${about} ${randomBytes(9).toString('hex')} walrus holiday`
  typed.push(text)
  return text
}
const attempt = async (method: string, input: object = {}) => {
  const call = withBody(goodCall({ host, ...keys }), JSON.stringify(input))
  return replyIn(await ask(Number(port), { ...call, line: `POST /api/${method} HTTP/1.1` }))
}
const call = async (method: string, input: object = {}): Promise<Record<string, unknown>> => {
  const { ok, value, error } = await attempt(method, input)
  if (!ok) throw new Error(`${method} was answered with ${error?.code}`)
  return value ?? {}
}
const finish = async (method: string, input: object = {}) => {
  const ended = new Promise<unknown>((resolve) => {
    const stop = app.onEvent(({ event, payload }) => {
      if (event !== 'job.changed' || payload.endedAt === null) return
      stop()
      resolve(payload.result ?? payload.error)
    })
  })
  await call(method, input)
  return ended
}
const kit = async () => (await call('vault.draftKit')) as { draft: string; words: string[]; ask: number[] }

const name = secret('name')
const first = await kit()
let passphrase = secret('passphrase')
await attempt('vault.create', { name, passphrase: 'password', draft: first.draft, retyped: retypedFrom(first) })
await call('vault.create', { name, passphrase, draft: first.draft, retyped: retypedFrom(first) })
await call('settings.set', { autoLockMinutes: 77 })
const blob = secret('blob')
await plant({ base, passphrase, blob })
await call('vault.measurePassphrase', { passphrase: secret('measured') })
for (const method of ['vault.unlock', 'vault.delete', 'settings.set', secret('method')])
  await attempt(method, { passphrase: secret('wrong'), name: secret('other name') })
await attempt('vault.delete', { name: secret('wrong name') })
await ask(Number(port), {
  line: `GET /${secret('path').replaceAll(' ', '-')} HTTP/1.1`,
  headers: [['Host', secret('host').replaceAll(' ', '-')]],
  body: '',
})

// A library's life: files that come in as an upload, lie in incoming/ and are read by a process of their own, notes, drafts,
// names, what is erased, and an export that waits in outgoing/, is fetched and comes back.
const upload = async (file: string, text: string) => {
  const bytes = Buffer.from(text)
  return app.files.receive({ name: file, bytes: bytes.length }, Readable.from([bytes]))
}
const note = `# ${secret('imported title')}\n\n${secret('imported text')}\n`.repeat(2000)
const rows = `date,description,amount\n2025-01-01,${secret('payment')},12.00\n`
const handles = [
  await upload(`${secret('file')}.md`, note),
  await upload('account.csv', rows),
  await upload('broken.pdf', secret('broken file')),
]
await finish('imports.preview', { handles })
await finish('imports.start', { handles })
const written = await call('library.writeNote', { title: secret('title'), body: secret('note') })
const which = { ids: [written['id']] }
await call('library.writeNote', { id: written['id'], title: secret('new title'), body: secret('new text') })
await call('library.saveDraft', { name: 'new', title: secret('draft title'), body: secret('draft') })
await call('library.tag', { which, add: [secret('tag')] })
await call('library.collect', { which, add: [{ name: secret('collection') }] })
await call('search.find', { query: secret('search') })
const gone = await call('library.writeNote', { title: secret('erased title'), body: secret('erased') })
await finish('library.erase', { which: { ids: [gone['id']] } })
const lock = secret('export passphrase')
for (const wish of [{ kind: 'readable' }, { kind: 'locked', passphrase: lock }]) {
  const { ticket, name: exportName } = (await finish('exports.start', wish)) as { ticket: string; name: string }
  const file = app.files.take(ticket)
  if (file === undefined) throw new Error('there is no export to fetch')
  const handle = await app.files.receive({ name: exportName, bytes: file.bytes }, Readable.from(file.chunks()))
  file.over?.()
  await finish('exports.restore', wish.kind === 'locked' ? { handle, passphrase: lock } : { handle })
}
// One that nobody fetches.
await finish('exports.start', { kind: 'readable' })
const listed = (await call('library.list')) as unknown as { total: number }
if (listed.total < 3) throw new Error('what was brought in is not there')

const { backup } = (await finish('backups.create')) as { backup: string }
const next = secret('next passphrase')
await call('vault.changePassphrase', { current: passphrase, next })
passphrase = next
const second = await kit()
await call('vault.renewKit', { passphrase, draft: second.draft, retyped: retypedFrom(second) })
const { address } = await call('vault.account')
await finish('vault.deepErase')
await call('vault.lock')
await attempt('vault.unlock', { passphrase: secret('wrong guess') })
await attempt('vault.recover', { words: secret('wrong words'), passphrase: secret('unused') })
await finish('backups.restore', { id: backup, passphrase })
await finish('ledger.verify')
// A lock in the middle of whole-file work: whoever was at it wipes no key any more.
for (const afterMs of [20, 80, 150, 250]) {
  await call('backups.create')
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  await call('vault.lock')
  await call('vault.unlock', { passphrase })
}
await call('vault.lock')
const recovered = secret('recovered')
await call('vault.recover', { words: second.words.join(' '), passphrase: recovered })
await call('vault.lock')

const facts = {
  name,
  passphrase: recovered,
  typed,
  address,
  kits: [first.words, second.words],
  web: [token, keys.cookie.split('=')[1], keys.tab],
  backup,
}
// Node keeps copies of its own until its objects are collected; what is left then, nobody will take away.
for (let round = 0; round < 3; round += 1) {
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc?.()
}
writeSync(1, `${JSON.stringify(facts)}\n`)
// A person watching may look into this process now; it ends when its input does.
process.stdin.resume()
process.stdin.on('end', () => void server.close().then(app.close))
