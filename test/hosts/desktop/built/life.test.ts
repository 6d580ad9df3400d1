// The built app: first its main process and preload against every claim, then its core process through a vault's whole day,
// and files through it. Only Electron itself is the double; the core, its workers, its database and its keys are the ones
// that are shipped.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Job } from '../../../../shared/api/jobs.ts'
import { shippedClaims } from '../claims/all.ts'
import { theWindow } from '../claims/claim.ts'
import { buildApp, root } from './build.ts'
import { startScene } from './scene.ts'

const { appFolder, remove } = await buildApp()
const homes: string[] = []
function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'mindkeep-desktop-life-'))
  homes.push(home)
  return home
}
afterAll(() => {
  remove()
  for (const home of homes) rmSync(home, { recursive: true, force: true })
})

describe('the built desktop app', () => {
  it('is one flat folder for Node, one CommonJS file for the sandbox, and the page', () => {
    const main = readdirSync(join(appFolder, 'out', 'main'))
    expect(main).toEqual(expect.arrayContaining(['main.js', 'core.js', 'argon2id.worker.js']))
    expect(main.filter((name) => !name.endsWith('.js'))).toEqual([])
    expect(readdirSync(join(appFolder, 'out', 'preload'))).toEqual(['preload.cjs'])
    expect(existsSync(join(appFolder, 'out', 'renderer', 'index.html'))).toBe(true)
  })

  it('keeps every claim about the desktop host', () => {
    const runner = join(import.meta.dirname, 'run-claims.ts')
    const { stdout, stderr } = spawnSync(process.execPath, [runner, appFolder], { cwd: root, encoding: 'utf8' })
    expect(JSON.parse(stdout === '' ? JSON.stringify({ stderr }) : stdout)).toEqual({
      held: shippedClaims.length,
      broken: {},
    })
  })
})

const calendar = (count: number): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...Array.from({ length: count }, (_, at) =>
      ['BEGIN:VEVENT', `UID:${at}@example.org`, 'DTSTART:20240110T100000Z', `SUMMARY:Tea ${at}`, 'END:VEVENT'].join(
        '\r\n',
      ),
    ),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

describe('the built core process', () => {
  it('makes a vault, locks on sleep, opens with passphrase and device key, survives a kill, and lets go at the end', async () => {
    const { world, cores, ask, api, stateIs, makeVault, quit } = await startScene({ appFolder, home: newHome() })
    expect(await api('app.about')).toMatchObject({ host: 'desktop', version: '1.2.3', canSaveFiles: true })
    const passphrase = await makeVault()

    expect(await api('vault.setDeviceKey', { passphrase, on: true })).toMatchObject({ deviceKey: 'on' })
    world.powerEar.emit('suspend')
    await stateIs('locked')
    expect(theWindow(world).page.sent.map(([, event]) => (event as { event: string }).event)).toContain('vault.changed')
    expect(await api('vault.unlockWithDevice')).toMatchObject({ state: 'unlocked' })

    const waiting = ask('vault.measurePassphrase', { passphrase })
    cores[0]?.kill()
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'CORE_STOPPED' } })
    await stateIs('locked')
    expect(cores.filter(({ program }) => program === 'core.js')).toHaveLength(2)
    expect(await api('vault.unlock', { passphrase })).toMatchObject({ state: 'unlocked' })
    await quit()
  })

  it('takes a file in and hands it out again, and keeps nothing of one that did not come whole', async () => {
    const home = newHome()
    const saveAs = join(home, 'plan.bin')
    const { api, fetch, makeVault, quit } = await startScene({ appFolder, home, options: { saveAs } })
    const incoming = () => readdirSync(join(home, 'vault', 'incoming'))
    const send = (name: string, body: BodyInit, bytes: number) =>
      fetch('upload', {
        method: 'POST',
        headers: {
          'content-type': 'application/octet-stream',
          'x-mindkeep-name': encodeURIComponent(name),
          'x-mindkeep-bytes': String(bytes),
        },
        body,
        duplex: 'half',
      } as RequestInit)
    const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code

    expect(await codeOf(await send('a.md', 'a', 1))).toBe('VAULT_LOCKED')
    await makeVault()
    expect(await codeOf(await send('short.md', 'abc', 4))).toBe('FILE_NOT_AS_SAID')
    expect(await codeOf(await send('long.md', 'abcde', 4))).toBe('FILE_NOT_AS_SAID')
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(200_000)),
      pull: (controller) => controller.error(new Error('gone')),
    })
    expect(await codeOf(await send('broken.md', broken, 300_000))).toBe('CANCELLED')
    expect(incoming()).toEqual([])

    const plan = randomBytes(300_000)
    const mail = mailWith(plan)
    const sent = (await (await send('Über/boat.eml', mail, mail.length)).json()) as { value: { handle: string } }
    expect(incoming()).toHaveLength(1)
    const { import: importId } = await api<{ import: string }>('imports.start', {
      handles: [sent.value.handle],
      options: {},
    })
    const state = async () => (await api<{ summary: { state: string } }>('imports.get', { id: importId })).summary.state
    await expect.poll(state).toBe('done')
    expect(incoming()).toEqual([])

    const { rows } = await api<{ rows: { id: string }[] }>('library.list', {})
    const { attachments } = await api<{ attachments: { id: string }[] }>('library.get', { id: rows[0]?.id ?? '' })
    const open = () => api<{ ticket: string }>('library.openAttachment', { id: attachments[0]?.id ?? '' })
    const { ticket } = await open()
    const read = await fetch(`download/${ticket}`)
    expect(Buffer.from(await read.arrayBuffer()).equals(plan)).toBe(true)
    expect((await fetch(`download/${ticket}`)).status).toBe(404)
    const saved = await fetch(`download/${(await open()).ticket}`, {
      method: 'POST',
      headers: { 'x-mindkeep-name': 'plan.bin' },
    })
    expect(await saved.json()).toEqual({ ok: true, value: { saved: true } })
    expect(readFileSync(saveAs).equals(plan)).toBe(true)

    const late = await open()
    await api('vault.lock')
    expect((await fetch(`download/${late.ticket}`)).status).toBe(404)
    await quit()
  })

  it('brings a file in through a reader that is started for it, and goes on with another where one is killed', async () => {
    const { world, cores, api, fetch, makeVault, quit } = await startScene({ appFolder, home: newHome() })
    await makeVault()
    const bring = async (name: string, body: string) => {
      const bytes = String(Buffer.byteLength(body))
      const headers = {
        'content-type': 'application/octet-stream',
        'x-mindkeep-name': encodeURIComponent(name),
        'x-mindkeep-bytes': bytes,
      }
      const sent = await fetch('upload', { method: 'POST', headers, body })
      const { value } = (await sent.json()) as { value: { handle: string } }
      return await api<{ job: string; import: string }>('imports.start', { handles: [value.handle], options: {} })
    }
    const ended = async (id: string): Promise<Job['state']> => {
      await expect.poll(async () => (await jobOf(id))?.endedAt ?? null).not.toBeNull()
      return (await jobOf(id))?.state ?? expect.fail('no such job')
    }
    const jobOf = async (id: string) => (await api<Job[]>('jobs.list')).find((job) => job.id === id)
    const countsOf = async (id: string) =>
      (await api<{ summary: { added: number; failed: number } }>('imports.get', { id })).summary

    const first = await bring('one.ics', calendar(300))
    expect(await ended(first.job)).toBe('done')
    expect(await countsOf(first.import)).toMatchObject({ added: 300, failed: 0 })
    const readers = () => world.record.children.filter(({ modulePath }) => modulePath.endsWith('reader.process.js'))
    expect(readers()).toHaveLength(1)
    expect(readers()[0]?.killed).toBe(true)

    const second = await bring('two.ics', calendar(5000))
    const reading = () => cores.filter(({ program }) => program === 'reader.process.js')
    await expect.poll(() => reading().length).toBe(2)
    reading()[1]?.kill()
    expect(await ended(second.job)).toBe('done')
    expect(readers().length).toBeGreaterThan(2)
    const { added, failed } = await countsOf(second.import)
    // Before it had begun with the file nothing is lost; after that, what it had not told of.
    expect(failed === 0 ? added : failed).toBe(failed === 0 ? 4700 : 1)
    await quit()
  })
})

const mailWith = (attachment: Buffer): string =>
  [
    'From: Ada <ada@example.org>',
    'To: Ben <ben@example.org>',
    'Subject: The boat',
    'Date: Mon, 3 Mar 2025 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'The plan is attached.',
    '--part',
    'Content-Type: application/octet-stream',
    'Content-Disposition: attachment; filename=plan.bin',
    'Content-Transfer-Encoding: base64',
    '',
    attachment.toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
    '--part--',
    '',
  ].join('\r\n')
