// `export`, `restore` and `open-export`: everything out into a folder, back into a vault, and opened without one.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Exported } from '../../shared/api/exports.ts'
import { AppError } from '../../shared/errors.ts'
import { openExportAlone } from '../core/app.ts'
import { onEnding } from '../core/ending.ts'
import { type Command, type Context, exitStatus } from './command.ts'
import { type Core, withCore } from './core.ts'
import { followJobs } from './jobs.ts'
import { tellNotices } from './notices.ts'
import { askForPassphrase, exportPassphrases, passphraseFile, vaultAndExport } from './passphrases.ts'
import type { Pieces } from '../core/saving.ts'
import { makeFolder } from '../core/folders.ts'
import { saveBeside } from './save-beside.ts'
import { mustBeOutside, mustBeThere } from './typed-path.ts'
import { UsageError } from './usage-error.ts'

const manifestName = 'manifest.json'
const ofExport = /^mindkeep-export-.*\.(?:zip|mindkeep)$/

const secondLine = [
  'The export has a passphrase of its own: the second line of --passphrase-file, or asked for at a terminal. Where the',
  'file has one line, the export has the passphrase of the vault.',
]

export const exportAll: Command = {
  summary: 'take everything out, into a folder',
  operands: 'DIR',
  mostOperands: 1,
  options: ['locked'],
  help: [
    'Writes one file: a zip that anyone and any program can read, or with --locked one that only a passphrase opens.',
    ...secondLine,
    'As JSON: { file, bytes, items, files }.',
  ],
  run(context) {
    const [folder] = context.operands
    if (folder === undefined) throw new UsageError('Name the folder to put the export into: mindkeep export DIR.')
    mustBeOutside(folder, context.folders)
    return withCore(context.folders, async (core) => {
      // Before anything is asked or made.
      makeTarget(resolve(folder))
      const jobs = followJobs({ core, context })
      const unlock = unlocking(context, core)
      const lock =
        context.values.locked === true
          ? (await exportPassphrases(context, core, unlock)).lock
          : await vaultAndExport(context, unlock).then(() => undefined)
      const wish = lock === undefined ? { kind: 'readable' as const } : { kind: 'locked' as const, passphrase: lock }
      const { job } = await core.ask('exports.start', wish)
      const made = await jobs.result('export', job)
      const file = await fetchInto(resolve(folder), core, made)
      await context.output.print({
        value: { file, bytes: made.bytes, items: made.items, files: made.files },
        text: `Everything is in ${file}: ${made.items} items, ${made.files} files.`,
      })
      return exitStatus.done
    })
  },
}

export const restore: Command = {
  summary: 'bring an export back into the vault',
  operands: 'DIR',
  mostOperands: 1,
  options: [],
  help: [
    'DIR is the folder an export was put or opened into, or the file itself. Ids are kept; what is here already stays.',
    ...secondLine,
    'As JSON: { added, changed, duplicate }.',
  ],
  run(context) {
    const [given] = context.operands
    if (given === undefined) throw new UsageError('Name the export to bring back: mindkeep restore DIR.')
    const path = exportAt(given)
    return withCore(context.folders, async (core) => {
      const jobs = followJobs({ core, context })
      const { lock } = await vaultAndExport(context, unlocking(context, core))
      const bring = async (passphrase?: string) => {
        const [handle = ''] = core.offer([path])
        const which = { handle, ...(passphrase !== undefined && { passphrase }) }
        return await jobs.result('export-restore', (await core.ask('exports.restore', which)).job)
      }
      const value = await bring(lock).catch(async (error: unknown) => {
        if (!isAsking(error)) throw error
        return bring(await askForPassphrase(context, 'Passphrase of the export: '))
      })
      await context.output.print({
        value,
        text: `${value.added} added · ${value.changed} changed · ${value.duplicate} already here`,
      })
      return exitStatus.done
    })
  },
}

export const openExport: Command = {
  summary: 'open an export into a folder, without a vault',
  operands: 'FILE',
  mostOperands: 1,
  options: ['to'],
  meanings: { to: { value: 'DIR', says: 'the folder it is opened into' } },
  help: [
    'Needs no vault. A locked export takes its passphrase from --passphrase-file, or asks for it.',
    'Every file is checked; the folder is there whole, or not at all. As JSON: { folder, items, files }.',
    'Killed in the middle it leaves a folder .mindkeep-opening-… beside DIR, which the next one removes.',
  ],
  async run(context) {
    const [file] = context.operands
    const { to } = context.values
    if (file === undefined || to === undefined)
      throw new UsageError('Name the export and the folder: mindkeep open-export FILE --to DIR.')
    if (mustBeThere(file).isDirectory())
      throw new UsageError(`"${file}" is a folder. Name the export itself, a .zip or a .mindkeep file.`, {
        typed: file,
      })
    mustBeOutside(to, context.folders)
    let isStopped = false
    const stopListening = onEnding(() => (isStopped = true))
    try {
      const value = await openExportAlone({
        file,
        to,
        passphrase: async () =>
          (await passphraseFile(context)) ?? askForPassphrase(context, 'Passphrase of the export: '),
        async pace() {
          await setImmediate()
          if (isStopped) throw new AppError('CANCELLED')
        },
      })
      await context.output.print({
        value,
        text: `The export is open in ${value.folder}: ${value.items} items, ${value.files} files.`,
      })
      return exitStatus.done
    } finally {
      stopListening()
    }
  },
}

const isAsking = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'WRONG_PASSPHRASE' && error.details['needed'] === true

const unlocking = (context: Context, core: Core) => async (passphrase: string) => {
  const { state } = await core.ask('vault.status', {})
  if (state === 'none') throw new AppError('NO_VAULT')
  await tellNotices(context, await core.ask('vault.unlock', { passphrase }))
}

/** In a folder that an export was put into, the newest one. */
function exportAt(given: string): string {
  if (!mustBeThere(given).isDirectory() || existsSync(join(given, manifestName))) return given
  const newest = readdirSync(given)
    .filter((name) => ofExport.test(name))
    .toSorted()
    .at(-1)
  if (newest === undefined) throw new AppError('NOT_AN_EXPORT')
  return join(given, newest)
}

function makeTarget(folder: string): void {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK)
    // The error would name the path.
  } catch {
    throw new AppError('FILE_NOT_SAVED')
  }
}

async function fetchInto(folder: string, core: Core, { ticket, name }: Exported): Promise<string> {
  const outgoing = core.take(ticket)
  if (outgoing === undefined) throw new AppError('NO_SUCH_FILE')
  const stopping = new AbortController()
  const saving = saveBeside(join(folder, name), untilStopped(outgoing.chunks(), stopping.signal))
  // Half of what is readable by everybody must not stay behind.
  const goOn = core.beforeStop(() => {
    stopping.abort()
    return Promise.allSettled([saving])
  })
  try {
    return await saving
  } catch (error) {
    throw stopping.signal.aborted ? new AppError('CANCELLED') : error
  } finally {
    goOn()
    outgoing.over?.()
  }
}

async function* untilStopped(pieces: Pieces, stopped: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    stopped.throwIfAborted()
    yield piece
  }
}
