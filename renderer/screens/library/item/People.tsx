// Who the item has to do with, and how. A name leads to everything with that person in it.
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { roles } from '../../../../shared/item-names.ts'
import { byName } from '../../../words/items.ts'
import { useLibraryView } from '../../../words/libraryView.tsx'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

export function People({ people }: Pick<Item, 'people'>) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { show } = useLibraryView()
  if (people.length === 0) return null
  const showAll = (name: string, ids: readonly number[]) => {
    show({ filter: { people: [...ids] }, query: '', names: Object.fromEntries(ids.map((id) => [id, name])) })
    void navigate({ to: '/library' })
  }
  return (
    <Part title={t('library.people')}>
      <dl className={styles['facts']}>
        {roles.map((role) => {
          const some = people.filter((person) => person.role === role)
          if (some.length === 0) return null
          return (
            <div key={role} className={styles['pair']}>
              <dt>{t(`library.role.${role}`)}</dt>
              <dd className={styles['line']} data-searched>
                {[...byName(some)].map(([name, ids]) => (
                  <button key={name} type="button" className={styles['link']} onClick={() => showAll(name, ids)}>
                    <bdi>{name}</bdi>
                  </button>
                ))}
              </dd>
            </div>
          )
        })}
      </dl>
    </Part>
  )
}
