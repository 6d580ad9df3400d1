// Where the vault and the small facts beside it live: given, or found when nobody says. It only names folders: it creates
// nothing, and refuses where there is no home folder rather than scattering a vault somewhere unexpected.
import { statSync } from 'node:fs'
import { posix, resolve, win32 } from 'node:path'
import { AppError } from '../../shared/errors.ts'

/** For hosts that keep a file of their own in the state folder. */
export { makeFolder } from './files.ts'

export interface Folders {
  /** vault.db, vault.keys, blobs/, backups/. */
  readonly folder: string
  /** The witness of the ledger's head, this computer's appearance, the hosts' logs. */
  readonly stateFolder: string
}

interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isFolder?: (path: string) => boolean
}

interface Given {
  readonly vault?: string | undefined
  readonly state?: string | undefined
}

/** A folder that was named is taken; only what was not named is looked for, so naming both needs no home folder. */
export function chooseFolders({ vault, state }: Given, surroundings: Surroundings): Folders {
  if (vault !== undefined && state !== undefined) return { folder: resolve(vault), stateFolder: resolve(state) }
  const found = findFolders(surroundings)
  return { folder: resolve(vault ?? found.folder), stateFolder: resolve(state ?? found.stateFolder) }
}

export function findFolders({ platform, env, isFolder = isExistingFolder }: Surroundings): Folders {
  const path = platform === 'win32' ? win32 : posix
  /** A relative path in one of these variables is to be ignored (XDG Base Directory Specification, "Basics"). */
  const absolute = (name: string): string | undefined => {
    const value = env[name]
    return value !== undefined && path.isAbsolute(value) ? value : undefined
  }
  const home = (): string => {
    const found = absolute(platform === 'win32' ? 'USERPROFILE' : 'HOME')
    if (found === undefined || !isFolder(found)) throw new AppError('NO_HOME_FOLDER')
    return found
  }

  if (platform === 'win32') {
    const roaming = absolute('APPDATA') ?? path.join(home(), 'AppData', 'Roaming')
    const local = absolute('LOCALAPPDATA') ?? path.join(home(), 'AppData', 'Local')
    return { folder: path.join(roaming, 'Mindkeep', 'vault'), stateFolder: path.join(local, 'Mindkeep', 'state') }
  }
  if (platform === 'darwin') {
    const support = path.join(home(), 'Library', 'Application Support', 'Mindkeep')
    return { folder: path.join(support, 'vault'), stateFolder: path.join(support, 'state') }
  }
  return {
    folder: path.join(absolute('XDG_DATA_HOME') ?? path.join(home(), '.local', 'share'), 'mindkeep'),
    stateFolder: path.join(absolute('XDG_STATE_HOME') ?? path.join(home(), '.local', 'state'), 'mindkeep'),
  }
}

function isExistingFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
