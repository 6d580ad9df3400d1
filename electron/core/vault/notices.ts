// What the person must hear, kept until they dismiss it.
import { z } from 'zod'
import { type Notice, notice } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import type { Clock } from '../ports.ts'
import type { Db } from './db.ts'
import type { VaultDoor } from './open-vault.ts'

interface NoticeParts {
  readonly door: VaultDoor
  readonly clock: Clock
}

export interface Notices {
  /** Of the open vault. */
  readonly list: () => Notice[]
  readonly dismiss: (kind: Notice['kind']) => void
  /** Part of the open vault cannot be read. Kept in memory: it may be this very table. */
  readonly noteDamage: () => void
  /** When the vault is left: the next opening finds out anew. */
  readonly forget: () => void
}

export function createNotices({ door, clock }: NoticeParts): Notices {
  let damage: { readonly at: string; readonly dismissed: boolean } | undefined

  const noteDamage = () => {
    damage ??= { at: clock.now().toISOString(), dismissed: false }
  }

  const listKept = (): Notice[] => {
    try {
      return listNotices(door.current().db)
    } catch (error) {
      if (toAppError(error)?.code !== 'VAULT_DAMAGED') throw error
      noteDamage()
      return []
    }
  }

  return {
    noteDamage,
    list() {
      const kept = listKept()
      return damage === undefined || damage.dismissed ? kept : [...kept, { kind: 'damaged', at: damage.at }]
    },
    dismiss(kind) {
      if (kind !== 'damaged') dismissNotice(door.current().db, kind)
      else if (damage === undefined || damage.dismissed) throw new AppError('NO_SUCH_NOTICE')
      else damage = { ...damage, dismissed: true }
    },
    forget() {
      damage = undefined
    },
  }
}

export function addNotice(db: Db, { kind, at }: Notice): void {
  db.prepare('INSERT INTO notices (kind, at) VALUES (?, ?) ON CONFLICT (kind) DO NOTHING').run(kind, at)
}

function listNotices(db: Db): Notice[] {
  return z.array(notice).parse(db.prepare('SELECT kind, at FROM notices ORDER BY at').all())
}

function dismissNotice(db: Db, kind: Notice['kind']): void {
  const { changes } = db.prepare('DELETE FROM notices WHERE kind = ?').run(kind)
  if (changes === 0) throw new AppError('NO_SUCH_NOTICE')
}
