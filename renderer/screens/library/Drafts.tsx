// Notes that were begun and not finished, with a way back into each.
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './Library.module.css'

const shown = 3

export function Drafts() {
  const { t } = useTranslation()
  const drafts = useAnswer('library.drafts', {})
  if (drafts.length === 0) return null
  return (
    <ul aria-label={t('library.note.drafts')}>
      {drafts.slice(0, shown).map(({ name, title, body }) => (
        <li key={name} className={styles['draft']}>
          <Icon name="edit" size="small" />
          <span>{t('library.note.unfinished', { title: title.trim() || firstWords(body) })}</span>
          <LinkButton look="quiet" href={`#/library/note/${name}`}>
            {t('do.continue')}
          </LinkButton>
        </li>
      ))}
    </ul>
  )
}

const firstWords = (body: string): string => {
  const line = body.trim().split('\n')[0] ?? ''
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
