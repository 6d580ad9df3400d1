// Where an item comes from: the import, the file in it, and the place in the file; or that it was written here.
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { useFormat } from '../../../ui/format.tsx'
import { useImportName, usePlaceOf } from '../../../words/imports.ts'
import { useSourceName } from '../../../words/items.ts'
import { useLibraryView } from '../../../words/libraryView.tsx'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

export function Origin({ item: { origin, source, addedAt, changedAt, version } }: { readonly item: Item }) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const sourceName = useSourceName()
  const nameOf = useImportName()
  const placeOf = usePlaceOf()
  const place = origin === null ? null : placeOf({ at: origin.position, unit: origin.unit })
  const { show } = useLibraryView()
  const showImport = (id: string, name: string) => {
    show({ filter: { import: id }, query: '', names: { [id]: name } })
    void navigate({ to: '/library' })
  }
  return (
    <Part title={t('library.origin')}>
      <dl className={styles['facts']}>
        <dt>{t('library.filter.source')}</dt>
        <dd>{sourceName(source)}</dd>
        {origin !== null && (
          <>
            <dt>{t('library.originImport')}</dt>
            <dd>
              <button
                type="button"
                className={styles['link']}
                onClick={() => showImport(origin.import, nameOf(origin.importName))}
              >
                <bdi>{nameOf(origin.importName)}</bdi>
              </button>
            </dd>
            <dt>{t('library.originFile')}</dt>
            <dd>
              <bdi>{origin.path}</bdi>
            </dd>
            {place !== null && (
              <>
                <dt>{t('library.originPosition')}</dt>
                <dd>{format.atStart(place)}</dd>
              </>
            )}
          </>
        )}
        <dt>{t('library.addedAt')}</dt>
        <dd>{format.atStart(format.when(addedAt))}</dd>
        {version > 1 && (
          <>
            <dt>{t('library.changedAt')}</dt>
            <dd>{format.atStart(format.when(changedAt))}</dd>
          </>
        )}
      </dl>
    </Part>
  )
}
