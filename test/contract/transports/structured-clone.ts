// The core in a process of its own, values crossing by structured clone: how the desktop's window reaches its core.
import type { Folders } from '../../../electron/core/folders.ts'
import type { Reply } from '../../../shared/api/api.ts'
import { type Connection, type Transport, unlocked } from '../transport.ts'
import { createFarSide } from './far-side.ts'

export type Request =
  | { readonly do: 'open'; readonly folders: Folders }
  | { readonly do: 'call'; readonly method: string; readonly input: unknown }
  | { readonly do: 'close' }

/** One process serves all cases; each opens a core of its own in it. Null answers what has no reply: opening and closing. */
const { ask, end } = createFarSide<Request, Reply | null>(new URL('./structured-clone.child.ts', import.meta.url))

export const structuredClone: Transport = {
  name: 'structured clone',
  host: 'desktop',
  oneProcess: true,
  async connect({ folder, stateFolder }, passphrase) {
    await ask({ do: 'open', folders: { folder, stateFolder } })
    const connection: Connection = {
      async call(method, input) {
        const reply = await ask({ do: 'call', method, input })
        if (reply === null) throw new Error('the core answered nothing')
        return reply
      },
      close: async () => void (await ask({ do: 'close' })),
    }
    return unlocked(connection, passphrase)
  },
  end,
}
