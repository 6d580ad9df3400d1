// One open vault for the length of one command: for every verb that reads or changes what is inside.
import { AppError } from '../../shared/errors.ts'
import type { Context } from './command.ts'
import { type Core, withCore } from './core.ts'
import { tellNotices } from './notices.ts'
import { currentPassphrase } from './passphrases.ts'

export const withOpenVault = <T>(context: Context, use: (core: Core) => Promise<T>): Promise<T> =>
  withCore(context.folders, async (core) => {
    const { state } = await core.ask('vault.status', {})
    if (state === 'none') throw new AppError('NO_VAULT')
    await tellNotices(context, await core.ask('vault.unlock', { passphrase: await currentPassphrase(context) }))
    return use(core)
  })
