// Takes files and folders: dropped, pasted, or picked. It hands over what it was given and reads none of it. Where the
// computer's own dialog is asked by somebody else, `pick` is told instead.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type DirectoryDropItem,
  type DropItem,
  DropZone,
  FileTrigger,
  Text,
  isDirectoryDropItem,
  isFileDropItem,
} from 'react-aria-components'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './FileDrop.module.css'
import { Icon } from './Icon.tsx'

/** With its path inside the folder that was given, or only its name. */
export interface GivenFile {
  readonly file: File
  readonly path: string
}

interface FileDropProps {
  readonly title: string
  readonly hint: ReactNode
  readonly onFiles: (files: readonly GivenFile[]) => void
  readonly pick?: (what: 'files' | 'folder') => void
  readonly isDisabled?: boolean
}

export function FileDrop({ title, hint, onFiles, pick, isDisabled = false }: FileDropProps) {
  const { t } = useTranslation()
  const [reading, setReading] = useState(false)
  const take = async (items: readonly DropItem[]) => {
    setReading(true)
    try {
      const given = await givenBy(items)
      if (given.length > 0) onFiles(given)
    } finally {
      setReading(false)
    }
  }
  const takeList = (files: FileList | null) => {
    const given = [...(files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    if (given.length > 0) onFiles(given)
  }
  const files = (onPress?: () => void) => (
    <Button icon="document" isDisabled={isDisabled} {...(onPress === undefined ? {} : { onPress })}>
      {t('files.choose')}
    </Button>
  )
  const folder = (onPress?: () => void) => (
    <Button icon="folder" isDisabled={isDisabled} {...(onPress === undefined ? {} : { onPress })}>
      {t('files.chooseFolder')}
    </Button>
  )
  return (
    <DropZone
      isDisabled={isDisabled}
      getDropOperation={() => 'copy'}
      onDrop={({ items }) => void take(items)}
      className={cx(styles['zone'])}
    >
      <Icon name="import" size="large" />
      <Text slot="label" className={cx(styles['title'])}>
        {reading ? t('files.reading') : title}
      </Text>
      <p className={styles['hint']}>{hint}</p>
      <div className={styles['buttons']}>
        {pick === undefined ? (
          <>
            <FileTrigger allowsMultiple onSelect={takeList}>
              {files()}
            </FileTrigger>
            <FileTrigger acceptDirectory onSelect={takeList}>
              {folder()}
            </FileTrigger>
          </>
        ) : (
          <>
            {files(() => pick('files'))}
            {folder(() => pick('folder'))}
          </>
        )}
      </div>
    </DropZone>
  )
}

/** Every file of what was dropped, those in folders too. */
export async function givenBy(items: readonly DropItem[]): Promise<readonly GivenFile[]> {
  const given: GivenFile[] = []
  for (const item of items) for await (const one of filesIn(item, '')) given.push(one)
  return given
}

async function* filesIn(item: DropItem, folder: string): AsyncGenerator<GivenFile, void> {
  if (isFileDropItem(item)) yield { file: await item.getFile(), path: `${folder}${item.name}` }
  else if (isDirectoryDropItem(item)) yield* filesOf(item, `${folder}${item.name}/`)
}

async function* filesOf(directory: DirectoryDropItem, folder: string): AsyncGenerator<GivenFile, void> {
  for await (const entry of directory.getEntries()) yield* filesIn(entry, folder)
}
