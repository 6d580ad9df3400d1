// Every shortcut there is, with its keys.
import { useTranslation } from 'react-i18next'
import { Keys } from './Keys.tsx'
import { shortcuts } from './shortcuts.ts'
import styles from './ShortcutList.module.css'

export function ShortcutList({ singleKeys }: { readonly singleKeys: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <dl>
        {shortcuts(t)
          .filter(({ single }) => singleKeys || !single)
          .map(({ id, keys }) => (
            <div key={id} className={styles['row']}>
              <dt>{t(`shortcuts.${id}`)}</dt>
              <dd>
                <Keys keys={keys} />
              </dd>
            </div>
          ))}
      </dl>
      {!singleKeys && <p className={styles['off']}>{t('shortcuts.off')}</p>}
    </>
  )
}
