// A vault made once through the api itself, for cases that begin with one: each gets a copy of its own.
import type { Folders } from '../../electron/core/folders.ts'
import type { Input, MethodName, Output } from '../../shared/api/api.ts'
import type { PreparedVault } from './transport.ts'
import { openCore } from './transports/direct.ts'

const passphrase = 'lantern orbit meadow violet harbour tidy'

export async function prepareVault({ folder, stateFolder }: Folders): Promise<PreparedVault> {
  const app = await openCore({ folder, stateFolder }, 'desktop')
  const ask = async <M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> => {
    const reply = await app.dispatch(method, input)
    if (!reply.ok) throw new Error(`${method} answered ${reply.error.code}`)
    return reply.value as Output<M>
  }
  try {
    const { draft, words, ask: asked } = await ask('vault.draftKit', {})
    const retyped = asked.map((at) => ({ at, word: words[at - 1] ?? '' }))
    await ask('vault.create', { name: 'Prepared', passphrase, draft, retyped })
    return { folder, stateFolder, passphrase, words }
  } finally {
    await app.close()
  }
}
