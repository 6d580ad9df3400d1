// What may be known of the vault from outside: its state, its name, and what the person should hear. Throws where there is
// a vault that cannot be used, with the reason.
import type { Holder, VaultStatus } from '../../../shared/api/vault.ts'
import type { SecretStore } from '../ports.ts'
import type { AutoLock } from './autolock.ts'
import type { KeyFile } from './keyfile.ts'
import { listNotices } from './notices.ts'
import type { VaultDoor } from './open-vault.ts'
import type { WaysIn } from './ways-in.ts'

interface StatusParts {
  readonly waysIn: WaysIn
  readonly door: VaultDoor
  readonly autoLock: AutoLock
  readonly secretStore: SecretStore | undefined
  readonly holder: () => Holder | null
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

export async function readStatus({ waysIn, door, autoLock, secretStore, holder }: StatusParts): Promise<VaultStatus> {
  const file = waysIn.readKeys()
  if (file === undefined) return noVault
  const { name, createdAt } = file
  const deviceKey = await deviceKeyState(file, secretStore)
  const known = { name, createdAt, deviceKey, locksAt: autoLock.locksAt()?.toISOString() ?? null }
  if (!door.isOpen()) return { state: 'locked', ...known, openElsewhere: holder(), notices: [] }
  const notices = door.isSuspended() ? [] : listNotices(door.current().db)
  return { state: 'unlocked', ...known, openElsewhere: null, notices }
}

async function deviceKeyState(
  { device }: KeyFile,
  secretStore: SecretStore | undefined,
): Promise<VaultStatus['deviceKey']> {
  // A keychain in trouble is no reason to say nothing of the vault.
  const usable = await secretStore?.usable().catch(() => false)
  if (usable !== true) return 'unavailable'
  return device === null ? 'off' : 'on'
}
