// What may be known of the vault from outside: its state, its name, and what the person should hear. Throws where there is
// a vault that cannot be used, with the reason.
import type { Holder, VaultStatus } from '../../../shared/api/vault.ts'
import type { AutoLock } from './autolock.ts'
import type { KeyFile } from './keys/keyfile.ts'
import type { Notices } from './notices.ts'
import type { VaultDoor } from './open-vault.ts'
import type { WaysIn } from './keys/ways-in.ts'

interface StatusParts {
  readonly waysIn: WaysIn
  readonly door: VaultDoor
  readonly autoLock: AutoLock
  readonly holder: () => Holder | null
  readonly notices: Notices
}

const noVault: VaultStatus = {
  state: 'none',
  name: null,
  createdAt: null,
  locksAt: null,
  deviceKey: 'unavailable',
  openElsewhere: null,
  notices: [],
}

/** At one moment: whatever has to be waited for is known before. */
export function readStatus(
  { waysIn, door, autoLock, holder, notices }: StatusParts,
  storeIsUsable: boolean,
): VaultStatus {
  const file = waysIn.readKeys()
  if (file === undefined) return noVault
  const { name, createdAt, device } = file
  const deviceKey = storeIsUsable ? slotState(device) : 'unavailable'
  const known = { name, createdAt, deviceKey, locksAt: autoLock.locksAt()?.toISOString() ?? null }
  if (!door.isKnownOpen()) return { state: 'locked', ...known, locksAt: null, openElsewhere: holder(), notices: [] }
  return { state: 'unlocked', ...known, openElsewhere: null, notices: door.isAnswering() ? notices.list() : [] }
}

const slotState = (device: KeyFile['device']): VaultStatus['deviceKey'] => (device === null ? 'off' : 'on')

/** What a vault that was just locked is known by, without reading anything: whatever else fails, this is told. */
export const lockedStatus = (before: VaultStatus | undefined): VaultStatus => ({
  ...(before ?? noVault),
  state: 'locked',
  locksAt: null,
  openElsewhere: null,
  notices: [],
})
