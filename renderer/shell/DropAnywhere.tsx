// Files may be dropped on any screen of an open vault. While some are held over the window it says so, and where they go.
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DropZone, Text } from 'react-aria-components'
import { cx } from '../ui/cx.ts'
import { givenBy } from '../ui/FileDrop.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useIntake } from '../words/IntakeProvider.tsx'
import styles from './DropAnywhere.module.css'

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true

export function DropAnywhere() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { give } = useIntake()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const enter = (event: DragEvent) => holdsFiles(event) && setOver(true)
    // A file that is let go beside everything would take the place of this page.
    const refuse = (event: DragEvent) => holdsFiles(event) && event.preventDefault()
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragover', refuse)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', refuse)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragover', refuse)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', refuse)
    }
  }, [])
  if (!over) return null
  return (
    <DropZone
      getDropOperation={() => 'copy'}
      onDrop={({ items }) => {
        setOver(false)
        void givenBy(items).then((given) => {
          if (given.length === 0) return
          give(given)
          void navigate({ to: '/add' })
        })
      }}
      className={cx(styles['zone'])}
    >
      <div className={styles['card']}>
        <Icon name="import" size="large" />
        <Text slot="label" className={cx(styles['title'])}>
          {t('add.drop.anywhere')}
        </Text>
        <p>{t('add.drop.first')}</p>
      </div>
    </DropZone>
  )
}
