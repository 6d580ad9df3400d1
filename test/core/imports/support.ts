// Imports of a real core: files are uploaded as a host does it, or offered from a folder, and read by the real reader.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { type ImportOptions, type Preview, preview } from '../../../shared/api/imports.ts'
import type { Job } from '../../../shared/api/jobs.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import type { TestApp } from '../support.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

const bytesOf = (content: string | Uint8Array) => (typeof content === 'string' ? Buffer.from(content) : content)

export async function uploaded({ app }: Pick<TestApp, 'app'>, files: Files, changed?: number): Promise<string[]> {
  const handles: string[] = []
  for (const [name, content] of Object.entries(files)) {
    const bytes = bytesOf(content)
    handles.push(
      await app.files.receive(
        { name, bytes: bytes.length, changed },
        (async function* () {
          for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
        })(),
      ),
    )
  }
  return handles
}

export function folderOf(files: Files): string {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

export interface Brought {
  readonly import: string
  readonly job: Job
}

export async function bring(app: TestApp, handles: readonly string[], options: ImportOptions = {}): Promise<Brought> {
  const started = await app.call('imports.start', { handles: [...handles], options })
  return { import: started.import, job: await app.finished(started) }
}

/** What an import came to, and why some of it did not come. */
export async function outcome(app: TestApp, id: string) {
  const { summary, files, problems } = await app.call('imports.get', { id, limit: 200 })
  const { state, added, changed, duplicate, skipped, failed } = summary
  return {
    state,
    counts: { added, changed, duplicate, skipped, failed },
    files: Object.fromEntries(files.map((file) => [file.path, file.state])),
    problems: Object.fromEntries(problems.map(({ path, why }) => [path, why])),
  }
}

export async function previewed(
  app: TestApp,
  handles: readonly string[],
  options: ImportOptions = {},
): Promise<Preview> {
  const job = await app.finished(await app.call('imports.preview', { handles: [...handles], options }))
  expect(job.error).toBeNull()
  return preview.parse(job.result)
}

export const note = (number: number, text = `of the day`): string =>
  `# Note ${number}\n\nWhat was said ${text} ${number}.\n`

export const event = (number: number): string =>
  [
    'BEGIN:VEVENT',
    `UID:tea-${number}@example.org`,
    `DTSTART:2024${String(1 + (number % 12)).padStart(2, '0')}10T100000Z`,
    `SUMMARY:Tea ${number}`,
    'END:VEVENT',
  ].join('\r\n')

export const calendar = (count: number, from = 0): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...Array.from({ length: count }, (_, index) => event(from + index)),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

/** Enough that there is a middle. */
export const many = 6000

/** Something is kept, and not all. */
export async function inTheMiddle(app: Pick<TestApp, 'call'>, id: string): Promise<void> {
  await expect
    .poll(async () => (await app.call('imports.get', { id })).summary.added, { interval: 5 })
    .toBeGreaterThan(0)
}
