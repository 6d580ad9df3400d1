// Every claim about the desktop host, in the order in which a broken one is found soonest.
import type { Claim } from './claim.ts'
import { coreClaims } from './core.ts'
import { ipcClaims } from './ipc.ts'
import { lifeClaims } from './life.ts'
import { linksClaims } from './links.ts'
import { preloadClaims } from './preload.ts'
import { protocolClaims } from './protocol.ts'
import { securityClaims } from './security.ts'
import { transfersClaims } from './transfers.ts'
import { windowClaims } from './window.ts'

export const claims: readonly Claim[] = [
  ...securityClaims,
  ...windowClaims,
  ...ipcClaims,
  ...preloadClaims,
  ...protocolClaims,
  ...transfersClaims,
  ...linksClaims,
  ...coreClaims,
  ...lifeClaims,
]
