// The page's only way to the core: one method to call and one channel of events. Whoever is not our own page, in the main
// frame of our own window, gets a refusal and reaches nothing.
import type { BrowserWindow, IpcMain, IpcMainInvokeEvent } from 'electron'
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { AppError } from '../../shared/errors.ts'
import { isOurs } from './address.ts'
import { callChannel, eventChannel } from './channels.ts'

interface IpcParts {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly currentWindow: () => BrowserWindow | undefined
  readonly dispatch: (method: string, input: unknown) => Promise<Reply>
}

export interface Ipc {
  readonly push: (event: AppEvent) => void
}

export function createIpc({ ipcMain, currentWindow, dispatch }: IpcParts): Ipc {
  ipcMain.handle(callChannel, async (event, method: unknown, input: unknown): Promise<Reply> => {
    if (!isFromOurPage(event, currentWindow())) return refused('REQUEST_REFUSED')
    if (typeof method !== 'string') return refused('INVALID_INPUT')
    return await dispatch(method, input)
  })

  return {
    push(event) {
      const contents = currentWindow()?.webContents
      // What is pushed is about an open vault: it goes to our page or to nobody.
      if (contents !== undefined && isOurs(contents.getURL())) contents.send(eventChannel, event)
    },
  }
}

function isFromOurPage({ sender, senderFrame }: IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean {
  // A frame that has gone by the time its message arrives is null.
  if (window === undefined || senderFrame === null) return false
  return sender === window.webContents && senderFrame.parent === null && isOurs(senderFrame.url)
}

const refused = (code: 'REQUEST_REFUSED' | 'INVALID_INPUT'): Reply => ({
  ok: false,
  error: new AppError(code).toShape(),
})
