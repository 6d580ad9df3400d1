// Runs in the page's sandbox and hands it two functions. It names the channels itself, so that the page cannot choose one,
// and passes on payloads alone, never Electron's own event objects.
import { contextBridge, ipcRenderer } from 'electron'
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import { callChannel, eventChannel } from './channels.ts'

contextBridge.exposeInMainWorld('mindkeep', {
  call: (method: string, input: unknown): Promise<Reply> => ipcRenderer.invoke(callChannel, method, input),
  onEvent: (listener: (event: AppEvent) => void): (() => void) => {
    const pass = (_event: unknown, event: AppEvent): void => listener(event)
    ipcRenderer.on(eventChannel, pass)
    return () => {
      ipcRenderer.off(eventChannel, pass)
    }
  },
})
