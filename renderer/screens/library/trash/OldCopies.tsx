// The older copies of the whole vault that may hold what is erased, which only a deep erase removes.
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/api/api.ts'
import { useFormat } from '../../../ui/format.tsx'
import styles from './Trash.module.css'

export function OldCopies({ copies }: { readonly copies: Output<'library.oldCopies'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (copies.length === 0) return null
  return (
    <>
      <p>{t('library.erased.copies')}</p>
      <ul className={styles['backups']}>
        {copies.map(({ what, at }) => (
          <li key={`${what} ${at}`}>{t(`library.erased.copy.${what}`, { when: format.when(at) })}</li>
        ))}
      </ul>
    </>
  )
}
