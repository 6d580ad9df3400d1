// How private an item is, why, and the person's own word on it, which stands over every rule.
import { useTranslation } from 'react-i18next'
import { levels } from '../../../../shared/item-names.ts'
import type { Item } from '../../../../shared/api/library.ts'
import { useClient } from '../../../api.ts'
import { useFormat } from '../../../ui/format.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useChange } from '../../../words/changes.ts'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

export function Privacy({ item: { id, level, levelReasons } }: { readonly item: Item }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const change = useChange()
  const why = format.list(levelReasons.map((reason) => t(`library.reason.${reason}`)))
  return (
    <Part title={t('library.filter.level')}>
      <div className={styles['line']}>
        <Select
          label={t('library.filter.level')}
          value={level}
          options={levels.map((value) => ({ value, label: t(`library.level.${value}`) }))}
          onChange={(to) =>
            void change(client.call('library.setLevel', { which: { ids: [id] }, level: to }), (t, count) =>
              t('library.done.level', { count, level: t(`library.level.${to}`) }),
            )
          }
        />
        <span className={styles['muted']}>{why === '' ? t('library.reason.none') : t('library.why', { why })}</span>
      </div>
      <p className={styles['muted']}>{t(`library.levelMeans.${level}`)}</p>
    </Part>
  )
}
