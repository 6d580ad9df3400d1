// What the last erasing came to: how much is gone, which backups still hold it until when, and what may hold it.
import { useTranslation } from 'react-i18next'
import { useLatestJob } from '../../../api.ts'
import { useFormat } from '../../../ui/format.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useImportName } from '../../../words/imports.ts'
import { OldCopies } from './OldCopies.tsx'
import styles from './Trash.module.css'

const named = 5

export function Erased() {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useImportName()
  const job = useLatestJob('erase')
  if (job?.state !== 'done' || job.result === null) return null
  const { items, backups, earlier, copies, uploads, logEmptied } = job.result
  const nowhere = [backups, earlier, copies, uploads].every(({ length }) => length === 0)
  const listed = (some: typeof backups) => (
    <ul className={styles['backups']}>
      {some.slice(0, named).map(({ id, at, until }) => (
        <li key={id}>
          {until === null
            ? t('library.erased.kept', { when: format.when(at) })
            : t('library.erased.until', { when: format.when(at), until: format.date(until) })}
        </li>
      ))}
    </ul>
  )
  return (
    <Notice tone="ok" live title={t('library.erased.title', { count: items, shown: format.number(items) })}>
      {nowhere && t('library.erased.nowhere')}
      {!logEmptied && <p>{t('library.erased.log')}</p>}
      {backups.length > 0 && (
        <>
          {t('library.erased.backups', { count: backups.length, shown: format.number(backups.length) })}
          {listed(backups)}
        </>
      )}
      {earlier.length > 0 && (
        <>
          <p>{t('library.erased.earlier', { count: earlier.length, shown: format.number(earlier.length) })}</p>
          {listed(earlier)}
        </>
      )}
      {uploads.length > 0 && (
        <>
          <p>{t('library.erased.uploads')}</p>
          <ul className={styles['backups']}>
            {uploads.map(({ name, until }) => (
              <li key={`${nameOf(name)} ${until}`}>
                {until === null
                  ? t('library.erased.upload', { name: nameOf(name) })
                  : t('library.erased.uploadUntil', { name: nameOf(name), until: format.date(until) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <OldCopies copies={copies} />
    </Notice>
  )
}
