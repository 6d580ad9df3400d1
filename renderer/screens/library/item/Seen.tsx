// Who has seen this: every entry of the log that names the item, as sentences.
import { useTranslation } from 'react-i18next'
import { useAttempt } from '../../../api.ts'
import { useFormat } from '../../../ui/format.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { iconOf, useActWords } from '../../../words/acts.ts'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

export function Seen({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useActWords()
  const { answer = [], error } = useAttempt('library.seenBy', { id })
  return (
    <Part title={t('library.seen.title')}>
      <p className={styles['muted']}>{t('library.seen.nobody')}</p>
      <ErrorNotice error={error} />
      {answer.length > 0 && (
        <ul className={styles['rows']}>
          {answer.map(({ seq, at, act }) => (
            <li key={seq} className={styles['line']}>
              <Icon name={iconOf(act)} size="small" />
              <span>{words(act).sentence}</span>
              <time dateTime={at} className={styles['muted']}>
                {format.atStart(format.when(at))}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
