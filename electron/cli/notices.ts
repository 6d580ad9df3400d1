// Says in the terminal what a vault has to say once it is open: repairs, signs of tampering, failed backups. It leaves the
// notices in place, because whoever reads a script's output may not be the owner.
import type { Notice, VaultStatus } from '../../shared/api/vault.ts'
import type { Context } from './command.ts'

const sentences: Readonly<Record<Notice['kind'], string>> = {
  'keys-repaired': 'The key file was damaged and has been repaired from its second copy.',
  'log-rolled-back': 'This vault is older than the last time it was open here: an old file may have been put back.',
  'backup-failed': 'The last backup could not be made.',
  'hold-lost': 'The lock file was removed while the vault was open, so it was locked. Leave that file to Mindkeep.',
  unwitnessed: 'The state folder cannot be written, so an old vault put back in place would go unnoticed.',
  damaged:
    'Part of the vault is damaged and cannot be read. Restore a backup, or take out what can still be read first.',
  'backup-stopped':
    'The backup that was asked for was stopped when the vault was locked. There is none of that moment.',
  'restore-stopped': 'The restore that was asked for was stopped when the vault was locked. The vault is as it was.',
  'deep-erase-stopped': 'The deep erase was stopped when the vault was locked. Nothing came of it; start it again.',
  'erase-stopped': 'Erasing was stopped when the vault was locked. What is still there can be erased again.',
  'export-stopped': 'The export that was asked for was stopped when the vault was locked, and nothing was saved.',
}

/** Beside the result, and not for `--json`, where standard error holds an error or nothing. */
export async function tellNotices({ output }: Context, { notices }: VaultStatus): Promise<void> {
  if (output.json) return
  for (const { kind } of notices) {
    await output.note(`Notice: ${sentences[kind]}`)
    await output.note(`  Seen to? mindkeep call vault.dismissNotice '{"kind":"${kind}"}'`)
  }
}
