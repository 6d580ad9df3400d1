// Every claim about the desktop host, in the order in which a broken one is found soonest.
import { bridgeClaims } from './bridge.ts'
import type { Claim } from './claim.ts'
import { coreClaims } from './core.ts'
import { coreProcessClaims } from './core-process.ts'
import { coreSideClaims } from './core-side.ts'
import { ipcClaims } from './ipc.ts'
import { lifeClaims } from './life.ts'
import { linksClaims } from './links.ts'
import { outsideClaims } from './outside.ts'
import { preloadClaims } from './preload.ts'
import { protocolClaims } from './protocol.ts'
import { securityClaims } from './security.ts'
import { downloadClaims } from './downloads.ts'
import { uploadClaims } from './uploads.ts'
import { windowClaims } from './window.ts'

/** About the main process and the preload, which the built app keeps too. */
export const shippedClaims: readonly Claim[] = [
  ...securityClaims,
  ...outsideClaims,
  ...windowClaims,
  ...ipcClaims,
  ...preloadClaims,
  ...protocolClaims,
  ...uploadClaims,
  ...downloadClaims,
  ...linksClaims,
  ...coreClaims,
  ...lifeClaims,
]

export const claims: readonly Claim[] = [...shippedClaims, ...bridgeClaims, ...coreProcessClaims, ...coreSideClaims]
