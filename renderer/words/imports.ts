// What became of an import in one sentence, and every reason why something could not be read, with what to do about it.
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../shared/api/imports.ts'
import { partsOfImportName } from '../../shared/import-name.ts'
import { sampleName } from '../../shared/sample.ts'
import { type Format, useFormat } from '../ui/format.ts'
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

export function useResultWords(): (counts: Counts) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (counts) => resultWords(t, format, counts)
}

/** Answers what an import is called: as what was handed in, but for the sample data. */
export function useImportName(): (one: { readonly name: string }) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ name }) => {
    if (name === sampleName) return t('sample.name')
    const { first, more } = partsOfImportName(name)
    return more === 0 ? first : t('add.import.several', { first, number: format.number(more) })
  }
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

const countedInBytes = new Set(['eml', 'docx', 'photo', 'text', 'html', 'markdown', 'mbox'])
const countedInLines = new Set([
  'signal',
  'signal-export',
  'feed',
  'ics',
  'gpx',
  'vcard',
  'opml',
  'qif',
  'whatsapp',
  'camt',
  'mt940',
])

/** How the positions in a file of this format count. */
export function unitOf(format: string): 'bytes' | 'lines' | 'records' | 'pages' {
  if (format === 'pdf') return 'pages'
  if (countedInBytes.has(format)) return 'bytes'
  return countedInLines.has(format) ? 'lines' : 'records'
}

/** Answers where in its file a problem is; null where it is the file as a whole. */
export function usePlaceOf(): (problem: ImportProblem) => string | null {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ at, format: of }) =>
    at === null || of === null ? null : t(`add.at.${unitOf(of)}`, { number: format.number(at) })
}
