// How a backup is called in a list: by when it was made, to the second where a minute does not tell two of them apart.
import type { Backup } from '../../shared/api/backups.ts'
import { useFormat } from '../ui/format.tsx'

/** One of another vault cannot take the place of this one. */
export const restorable = (backups: readonly Backup[]): Backup[] =>
  backups.filter(({ kept }) => kept !== 'another-vault')

export function useBackupNames(backups: readonly Backup[]): (backup: Backup) => string {
  const format = useFormat()
  return ({ id, at }) => {
    const name = format.when(at)
    const alike = backups.some((other) => other.id !== id && format.when(other.at) === name)
    return alike ? format.whenExact(at) : name
  }
}
