// What the last erasing came to: how much is gone, and which backups still hold it until when.
import { useTranslation } from 'react-i18next'
import { useLatestJob } from '../../../api.ts'
import { useFormat } from '../../../ui/format.ts'
import { Notice } from '../../../ui/Notice.tsx'
import { OldCopies } from './OldCopies.tsx'
import styles from './Trash.module.css'

const named = 5

export function Erased() {
  const { t } = useTranslation()
  const format = useFormat()
  const job = useLatestJob('erase')
  if (job?.state !== 'done' || job.result === null) return null
  const { items, backups, copies, logEmptied } = job.result
  return (
    <Notice tone="ok" live title={t('library.erased.title', { count: items, shown: format.number(items) })}>
      {backups.length === 0 && copies.length === 0 && t('library.erased.nowhere')}
      {!logEmptied && <p>{t('library.erased.log')}</p>}
      {backups.length > 0 && (
        <>
          {t('library.erased.backups', { count: backups.length, shown: format.number(backups.length) })}
          <ul className={styles['backups']}>
            {backups.slice(0, named).map(({ id, at, until }) => (
              <li key={id}>
                {until === null
                  ? t('library.erased.kept', { when: format.when(at) })
                  : t('library.erased.until', { when: format.when(at), until: format.date(until) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <OldCopies copies={copies} />
    </Notice>
  )
}
