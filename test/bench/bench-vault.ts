// A vault for rows that need one, made through the api.
import type { Input, MethodName, Output, Reply } from '../../shared/api/api.ts'

export const passphrase = 'lantern orbit meadow violet harbour tidy'

export interface Callable {
  readonly dispatch: (method: string, input: unknown) => Promise<Reply>
}

export async function mustAnswer<M extends MethodName>(app: Callable, method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await app.dispatch(method, input)
  if (!reply.ok) throw new Error(`${method} answered ${reply.error.code}`)
  return reply.value as Output<M>
}

export async function createVaultIn(app: Callable): Promise<void> {
  const { draft, words, ask } = await mustAnswer(app, 'vault.draftKit', {})
  const retyped = ask.map((at) => ({ at, word: words[at - 1] ?? '' }))
  await mustAnswer(app, 'vault.create', { name: 'Bench', passphrase, draft, retyped })
}
