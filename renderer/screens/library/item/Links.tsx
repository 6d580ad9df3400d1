// Other items that this one leads to, and those that lead here.
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { iconOfType, useItemTitle } from '../../../words/items.ts'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

export function Links({ item: { links, linkedFrom } }: { readonly item: Item }) {
  const { t } = useTranslation()
  return (
    <>
      {links.length > 0 && (
        <Part title={t('library.links')}>
          <LinkList links={links} way="to" />
        </Part>
      )}
      {linkedFrom.length > 0 && (
        <Part title={t('library.linkedFrom')}>
          <LinkList links={linkedFrom} way="from" />
        </Part>
      )}
    </>
  )
}

function LinkList({ links, way }: { readonly links: Item['links']; readonly way: 'to' | 'from' }) {
  const { t } = useTranslation()
  const titleOf = useItemTitle()
  return (
    <ul className={styles['rows']}>
      {links.map(({ item, type, title, kind }, at) => (
        <li key={at} className={styles['line']}>
          <a href={`#/library/${item}`} className={styles['link']}>
            <Icon name={iconOfType(type)} size="small" />
            <bdi>{titleOf({ type, title })}</bdi>
          </a>
          <span className={styles['muted']}>{t(`library.link.${way}.${kind}`)}</span>
        </li>
      ))}
    </ul>
  )
}
