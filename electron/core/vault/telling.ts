// Tells everybody how the vault is, each time that has changed. The last thing told is how it is.
import type { AppEvent } from '../../../shared/api/events.ts'
import type { VaultStatus } from '../../../shared/api/vault.ts'
import type { SecretStore } from '../ports.ts'
import { lockedStatus } from './status.ts'

interface TellingParts {
  readonly emit: (event: AppEvent) => void
  readonly secretStore: SecretStore | undefined
  readonly read: (storeIsUsable: boolean) => VaultStatus
}

export function createTelling({ emit, secretStore, read }: TellingParts) {
  let lastTold: VaultStatus | undefined
  const tell = (now: VaultStatus): VaultStatus => {
    lastTold = now
    emit({ event: 'vault.changed', payload: now })
    return now
  }

  /** A keychain in trouble is no reason to say nothing of the vault. */
  const isStoreUsable = async () => (await secretStore?.usable().catch(() => false)) ?? false

  /** Nothing is read for it. */
  const asLocked = () => lockedStatus(lastTold)

  return {
    status: async () => read(await isStoreUsable()),
    asLocked,
    /** Told whatever state the key files are in. */
    locked: () => tell(asLocked()),

    /**
     * Read and told in one breath, `first` included: what is told is the state of that moment, and the last one told is
     * the one that is.
     */
    async changed(first = () => {}): Promise<VaultStatus> {
      const storeIsUsable = await isStoreUsable()
      first()
      const told = tell(read(storeIsUsable))
      // What begins with the vault being open, when it is told, may find that part of it cannot be read.
      const now = read(storeIsUsable)
      return now.notices.length > told.notices.length ? tell(now) : told
    },
  }
}
