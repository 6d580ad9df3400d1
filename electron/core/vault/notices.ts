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
  /** To the open vault. Where they cannot be kept any more, that is what is told: it keeps nobody out. */
  readonly add: (kind: Notice['kind']) => void
  /** Of the open vault. */
  readonly list: () => Notice[]
  readonly dismiss: (kind: Notice['kind']) => void
  /** Of what is not so any more, whether or not anybody was told. */
  readonly withdraw: (kind: Notice['kind']) => void
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

  const unlessDamaged = <T>(use: () => T, otherwise: T): T => {
    try {
      return use()
    } catch (error) {
      if (toAppError(error)?.code !== 'VAULT_DAMAGED') throw error
      noteDamage()
      return otherwise
    }
  }

  return {
    noteDamage,
    add(kind) {
      unlessDamaged(() => addNotice(door.current().db, { kind, at: clock.now().toISOString() }), undefined)
    },
    withdraw(kind) {
      unlessDamaged(() => removeNotice(door.current().db, kind), 0)
    },
    list() {
      const kept = unlessDamaged(() => listNotices(door.current().db), [])
      return damage === undefined || damage.dismissed ? kept : [...kept, { kind: 'damaged', at: damage.at }]
    },
    dismiss(kind) {
      if (kind !== 'damaged') {
        if (removeNotice(door.current().db, kind) === 0) throw new AppError('NO_SUCH_NOTICE')
      } else if (damage === undefined || damage.dismissed) throw new AppError('NO_SUCH_NOTICE')
      else damage = { ...damage, dismissed: true }
    },
    forget() {
      damage = undefined
    },
  }
}

function addNotice(db: Db, { kind, at }: Notice): void {
  db.prepare('INSERT INTO notices (kind, at) VALUES (?, ?) ON CONFLICT (kind) DO NOTHING').run(kind, at)
}

function listNotices(db: Db): Notice[] {
  return z.array(notice).parse(db.prepare('SELECT kind, at FROM notices ORDER BY at').all())
}

/** Answers how many there were. */
const removeNotice = (db: Db, kind: Notice['kind']): number =>
  db.prepare('DELETE FROM notices WHERE kind = ?').run(kind).changes
