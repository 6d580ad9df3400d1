// What became of an import in one sentence, and every reason why something could not be read, with what to do about it.
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ImportName, ImportSummary, ImportUndone, PositionUnit } from '../../shared/api/imports.ts'
import { useAnswer } from '../api.ts'
import { type Format, useFormat } from '../ui/format.tsx'
import { useSourceName } from './items.ts'

export interface Counts {
  readonly added: number
  readonly changed: number
  readonly duplicate: number
  readonly failed: number
}

/** "1,204 added · 12 already here · 3 could not be read" */
export function resultWords(t: TFunction, format: Pick<Format, 'number'>, counts: Counts): string {
  const { added, changed, duplicate, failed } = counts
  const part = (count: number) => ({ count, number: format.number(count) })
  return [
    t('add.result.added', part(added)),
    ...(changed > 0 ? [t('add.result.changed', part(changed))] : []),
    ...(duplicate > 0 ? [t('add.result.duplicate', part(duplicate))] : []),
    ...(failed > 0 ? [t('add.result.failed', part(failed))] : []),
  ].join(' · ')
}

/** What would become of all that it brought; an export that came back takes back only what it added. */
export function undoWords(
  t: TFunction,
  format: Pick<Format, 'number'>,
  { of, added, changed }: Pick<ImportSummary, 'of' | 'added' | 'changed'>,
): string {
  const part = (count: number) => ({ count, number: format.number(count) })
  return [
    t('add.undo.text', part(added)),
    ...(changed > 0 ? [t(of === 'export' ? 'add.undo.joined' : 'add.undo.restored', part(changed))] : []),
  ].join(' ')
}

/** "Undone: 12 things are removed, or as they were before. 1 that you had changed stays." */
export function undoneWords(t: TFunction, format: Pick<Format, 'number'>, undone: ImportUndone): string {
  const { removed, restored, kept, handedOver } = undone
  const part = (count: number) => ({ count, number: format.number(count) })
  return [
    t('add.undo.done', part(removed + restored)),
    ...(kept > 0 ? [t('add.undo.kept', part(kept))] : []),
    ...(handedOver > 0 ? [t('add.undo.handedOver', part(handedOver))] : []),
  ].join(' ')
}

export function useResultWords(): (counts: Counts) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (counts) => resultWords(t, format, counts)
}

/** Answers what an import is called: as what was handed in, but for the sample data. */
export function useImportName(): (name: ImportName) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (name) => {
    if (name.isSample) return t('sample.name')
    const { first, more } = name
    return more === 0 ? first : t('add.import.several', { first, number: format.number(more) })
  }
}

/** Answers whether the job of an import has yet to wait for another. */
export function useWaiting(): (one: { readonly job: string | null }) => boolean {
  const jobs = useAnswer('jobs.list', {})
  return ({ job }) => jobs.some(({ id, waiting }) => id === job && waiting)
}

/** Formats that are not called as the items that come out of them. */
const sourceOfFormat: Readonly<Record<string, string>> = {
  'bank-csv': 'bank',
  'daily-measures': 'measures',
  'chrome-bookmarks': 'bookmarks',
  'chrome-history': 'chrome',
  'firefox-backup': 'bookmarks',
  'photo-sidecar': 'photo',
  'signal-export': 'signal',
  'instagram-page': 'instagram',
  'takeout-activity-page': 'takeout-activity',
  'takeout-keep-page': 'takeout-keep',
  'takeout-records': 'takeout-location',
  'takeout-semantic': 'takeout-location',
}

/** What a format is called by: the source that its items have. */
export const sourceOf = (format: string): string => sourceOfFormat[format] ?? format

/** Comes back by a way of its own. */
const ourOwn = 'mindkeep-export'

const archives = new Set(['zip', 'tar', 'gzip'])

export function useFormatName(): (format: string | null) => string {
  const { t } = useTranslation()
  const sourceName = useSourceName()
  return (format) => {
    if (format === null) return t('add.file.unknown')
    if (format === ourOwn) return t('add.file.export')
    return archives.has(format) ? t('add.file.archive') : sourceName(sourceOf(format))
  }
}

interface Place {
  readonly at: number | null
  readonly unit: PositionUnit | null
}

/** Answers where in its file something is; null where it is the file as a whole. */
export function usePlaceOf(): (place: Place) => string | null {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ at, unit }) => (at === null || unit === null ? null : t(`add.at.${unit}`, { number: format.number(at) }))
}
