// Where files come from that Mindkeep understands, and how the person gets them.
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Pill } from '../../ui/Layout.tsx'
import styles from './Add.module.css'

const sources = [
  { id: 'google', icon: 'globe' },
  { id: 'whatsapp', icon: 'message' },
  { id: 'telegram', icon: 'message' },
  { id: 'signal', icon: 'message' },
  { id: 'instagram', icon: 'picture' },
  { id: 'chatgpt', icon: 'people' },
  { id: 'claude', icon: 'people' },
  { id: 'calendar', icon: 'calendar' },
  { id: 'contacts', icon: 'person' },
  { id: 'mail', icon: 'mail' },
  { id: 'bank', icon: 'money' },
  { id: 'notes', icon: 'note' },
  { id: 'browser', icon: 'bookmark' },
  { id: 'photos', icon: 'picture' },
  { id: 'places', icon: 'place' },
] as const satisfies readonly { id: string; icon: IconName }[]

export function Sources() {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="sources" className={styles['stackTight']}>
      <h2 id="sources">{t('add.sources.title')}</h2>
      <p className={styles['hint']}>{t('add.sources.lead')}</p>
      <ul className={styles['cards']}>
        {sources.map(({ id, icon }) => (
          <li key={id}>
            <details className={styles['source']}>
              <summary>
                <Icon name={icon} />
                <span className={styles['sourceText']}>
                  <span className={styles['sourceName']}>{t(`add.sources.${id}.name`)}</span>
                  <span className={styles['hint']}>{t(`add.sources.${id}.brings`)}</span>
                </span>
                <Icon name="down" size="small" />
              </summary>
              <ol className={styles['steps']}>
                {t(`add.sources.${id}.steps`)
                  .split('\n')
                  .map((step) => (
                    <li key={step}>{step}</li>
                  ))}
              </ol>
            </details>
          </li>
        ))}
        <li className={styles['later']}>
          <Icon name="health" />
          <span className={styles['sourceText']}>
            <span className={styles['sourceName']}>{t('add.sources.health.name')}</span>
            <span className={styles['hint']}>{t('add.sources.health.brings')}</span>
          </span>
          <Pill>{t('add.sources.later')}</Pill>
        </li>
      </ul>
    </section>
  )
}
