// What an item said before, newest first, each to be read and put back. Putting one back is a new version itself.
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { useAttempt, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useChange } from '../../../words/changes.ts'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import { useItemTitle } from '../../../words/items.ts'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

export function Versions({ item: { id, type, version: now } }: { readonly item: Item }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const change = useChange()
  const titleOf = useItemTitle()
  const { answer, error } = useAttempt('library.versions', { id })
  if (error !== null) return <ErrorNotice error={error} />
  if (answer === undefined) return <Skeleton lines={2} />
  return (
    <Part title={t('library.versions.title')}>
      <ul className={styles['rows']}>
        {answer
          .filter(({ version }) => version !== now)
          .toSorted((one, other) => other.version - one.version)
          .map(({ version, at, by, title, body }) => (
            <li key={version} className={styles['version']}>
              <details>
                <summary>
                  <bdi>{titleOf({ type, title })}</bdi>{' '}
                  <span className={styles['muted']}>
                    {t(`library.versions.${by}`, { when: format.when(at), version })}
                  </span>
                </summary>
                <div dir="auto" className={styles['plain']}>
                  {body}
                </div>
              </details>
              <div>
                <Button
                  icon="undo"
                  onPress={() =>
                    void change(client.call('library.restoreVersion', { id, version }), (t) =>
                      t('library.versions.done'),
                    )
                  }
                >
                  {t('library.versions.restore')}
                </Button>
              </div>
            </li>
          ))}
      </ul>
    </Part>
  )
}
