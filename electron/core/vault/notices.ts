// What the person must hear, kept until they dismiss it.
import { z } from 'zod'
import { type Notice, notice } from '../../../shared/api/vault.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Db } from './db.ts'

export function addNotice(db: Db, { kind, at }: Notice): void {
  db.prepare('INSERT INTO notices (kind, at) VALUES (?, ?) ON CONFLICT (kind) DO NOTHING').run(kind, at)
}

export function listNotices(db: Db): Notice[] {
  return z.array(notice).parse(db.prepare('SELECT kind, at FROM notices ORDER BY at').all())
}

export function dismissNotice(db: Db, kind: Notice['kind']): void {
  const { changes } = db.prepare('DELETE FROM notices WHERE kind = ?').run(kind)
  if (changes === 0) throw new AppError('NO_SUCH_NOTICE')
}
