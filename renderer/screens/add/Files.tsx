// The files of an import or of a preview: what each is and what became of what is in it.
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedFile } from '../../../shared/api/imports.ts'
import { useFormat } from '../../ui/format.tsx'
import { Table } from '../../ui/Table.tsx'
import { useFormatName } from '../../words/imports.ts'
import styles from './Add.module.css'

const counted = ['added', 'changed', 'duplicate', 'failed'] as const

export function Files({ files, aside }: { readonly files: readonly ImportedFile[]; readonly aside?: ReactNode }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useFormatName()
  const id = useId()
  // A column of dashes says nothing.
  const columns = counted.filter((name) => name === 'added' || files.some((file) => file[name] > 0))
  const number = (value: number) => (value === 0 ? '–' : format.number(value))
  return (
    <section aria-labelledby={id} className={styles['stackTight']}>
      <div className={styles['partHead']}>
        <h2 id={id}>{t('add.files')}</h2>
        {aside}
      </div>
      <Table
        label={t('add.file.table')}
        columns={[
          { id: 'path', title: t('add.file.name') },
          { id: 'format', title: t('add.file.format'), roomy: true },
          { id: 'state', title: t('add.file.state'), roomy: true },
          ...columns.map((name) => ({ id: name, title: t(`add.preview.${name}`), number: true, roomy: true })),
          { id: 'bytes', title: t('add.file.size'), number: true, roomy: true },
        ]}
        rows={files.map((file) => [
          <FileCell key="path" file={file} />,
          nameOf(file.format),
          t(`add.file.is.${file.state}`),
          ...columns.map((name) => number(file[name])),
          format.bytes(file.bytes),
        ])}
      />
    </section>
  )
}

/** What it is called; where there is no room for more columns, also what those would say. */
function FileCell({ file }: { readonly file: ImportedFile }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useFormatName()
  const counts = counted.filter((name) => file[name] > 0)
  const parts = [
    nameOf(file.format),
    t(`add.file.is.${file.state}`),
    ...counts.map((name) => `${t(`add.preview.${name}`)}: ${format.number(file[name])}`),
    format.bytes(file.bytes),
  ]
  return (
    <>
      <bdi>{file.path}</bdi>
      <span className={styles['narrow']}>{parts.join(' · ')}</span>
    </>
  )
}
