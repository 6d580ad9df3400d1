// What the desktop lends the core: the operating system's secret store and a save dialog. A store that would keep secrets
// in the clear is refused, and a file is written only where the person chose.
import { basename } from 'node:path'
import type { BrowserWindow, Dialog, SafeStorage } from 'electron'
import { AppError } from '../../shared/errors.ts'
import type { SecretStore } from '../core/ports.ts'
import { saveWhole } from '../core/saving.ts'
import type { Answer, Question } from './messages.ts'

/** Linux without a keyring: `basic_text` encrypts with a password that is written in Chromium's source. */
const inTheClear: readonly string[] = ['basic_text', 'unknown']

type SafeStorageParts = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>

export interface DesktopPortsParts {
  readonly safeStorage: SafeStorageParts
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>
  readonly currentWindow: () => BrowserWindow | undefined
  readonly platform: NodeJS.Platform
}

export function createDesktopPorts(parts: DesktopPortsParts): (question: Question) => Promise<Answer> {
  const store = createSecretStore(parts)
  return async (question) => {
    if (question.port === 'secret.usable') return await store.usable()
    if (question.port === 'secret.seal') return await store.seal(question.secret)
    if (question.port === 'secret.open') return await store.open(question.sealed)
    if (question.port === 'pickFiles') return await pickFiles(parts, question.what)
    return await saveFile(parts, question)
  }
}

function createSecretStore({ safeStorage, platform }: DesktopPortsParts): SecretStore {
  const usable = async (): Promise<boolean> => {
    if (platform === 'linux' && inTheClear.includes(safeStorage.getSelectedStorageBackend())) return false
    return await safeStorage.isAsyncEncryptionAvailable()
  }
  /** Asked anew each time: a keyring can go away between two uses. */
  const insist = async (): Promise<void> => {
    if (!(await usable())) throw new AppError('DEVICE_KEY_UNAVAILABLE')
  }
  return {
    usable,
    async seal(secret) {
      await insist()
      // safeStorage takes text only. The text cannot be wiped afterwards; the bytes can.
      const text = Buffer.from(secret).toString('base64')
      secret.fill(0)
      return new Uint8Array(await safeStorage.encryptStringAsync(text))
    },
    async open(sealed) {
      await insist()
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed))
      return new Uint8Array(Buffer.from(result, 'base64'))
    },
  }
}

/** Where they lie goes to the core and to nobody else: the page gets handles. */
async function pickFiles(
  { dialog, currentWindow }: Pick<DesktopPortsParts, 'dialog' | 'currentWindow'>,
  what: 'files' | 'folder',
): Promise<string[]> {
  const options = {
    properties: [what === 'files' ? ('openFile' as const) : ('openDirectory' as const), 'multiSelections' as const],
  }
  const window = currentWindow()
  const { canceled, filePaths } = await (window === undefined
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  return canceled ? [] : filePaths
}

type SaveParts = Pick<DesktopPortsParts, 'dialog' | 'currentWindow'>

interface SaveQuestion {
  readonly name: string
  readonly text: string
}

async function saveFile(parts: SaveParts, { name, text }: SaveQuestion): Promise<boolean> {
  const filePath = await chooseWhere(parts, name)
  if (filePath === undefined) return false
  await saveWhole(filePath, [Buffer.from(text)])
  return true
}

/** Undefined when the person cancels. */
export async function chooseWhere({ dialog, currentWindow }: SaveParts, name: string): Promise<string | undefined> {
  // A name is a label, never a path.
  const options = {
    defaultPath: basename(name.replaceAll('\\', '/')),
    properties: ['showOverwriteConfirmation' as const],
  }
  const window = currentWindow()
  const { canceled, filePath } = await (window === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options))
  return canceled || filePath === '' ? undefined : filePath
}
