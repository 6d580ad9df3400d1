// The files of an item. Pictures are shown, from memory and no address that stays; every file can be saved.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { fetchTicket, saveTicket, useAction, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import styles from './Item.module.css'
import { Part } from './Part.tsx'

type Attachment = Item['attachments'][number]

/** What a browser draws and what cannot run; the same kinds that are handed out as pictures. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])
/** A larger one is shown when it is asked for. */
const shownAtOnce = 20_000_000

export function Attachments({ attachments }: Pick<Item, 'attachments'>) {
  const { t } = useTranslation()
  if (attachments.length === 0) return null
  return (
    <Part title={t('library.files')}>
      <ul className={styles['rows']}>
        {attachments.map((attachment) => (
          <li key={attachment.id}>
            <One attachment={attachment} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

function One({ attachment: { id, name, media, bytes } }: { readonly attachment: Attachment }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const save = useAction(async () => {
    const { ticket } = await client.call('library.openAttachment', { id })
    await saveTicket(ticket, name)
  })
  return (
    <div className={styles['rows']}>
      {pictures.has(media) && bytes <= shownAtOnce && <Picture id={id} name={name} />}
      <div className={styles['file']}>
        <span>
          <bdi>{name}</bdi> <span className={styles['muted']}>{format.bytes(bytes)}</span>
        </span>
        <Button
          icon="save"
          onPress={() => void save.run()}
          busy={save.busy}
          aria-label={t('library.saveNamed', { name })}
        >
          {t('library.save')}
        </Button>
      </div>
      <ErrorNotice error={save.error} />
    </div>
  )
}

function Picture({ id, name }: Pick<Attachment, 'id' | 'name'>) {
  const { t } = useTranslation()
  const client = useClient()
  // Empty where there is nothing to be drawn.
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let shown: string | null = null
    let over = false
    const load = async () => {
      const { ticket } = await client.call('library.openAttachment', { id })
      const picture = await fetchTicket(ticket)
      if (over) return
      shown = URL.createObjectURL(picture)
      setAddress(shown)
    }
    load().catch(() => {
      if (!over) setAddress('')
    })
    return () => {
      over = true
      if (shown !== null) URL.revokeObjectURL(shown)
    }
  }, [client, id])
  if (address === null) return <Skeleton lines={3} />
  if (address === '') return <p className={styles['muted']}>{t('library.pictureUnreadable')}</p>
  return <img src={address} alt={name} className={styles['picture']} onError={() => setAddress('')} />
}
