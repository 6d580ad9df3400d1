// What an item says. Text stands as it was written; Markdown is drawn by a part of the page that is fetched when it is first
// needed. A very long text is shown in pieces, so that the page stays quick.
import { Suspense, lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Item } from '../../../../shared/api/library.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import styles from './Item.module.css'

const Markdown = lazy(async () => ({ default: (await import('./Markdown.tsx')).Markdown }))

const atFirst = 50_000

interface ContentProps extends Pick<Item, 'body' | 'bodyIs'> {
  /** What is written as [[a name]] in it leads there. */
  readonly links?: Item['links']
}

export function Content({ body, bodyIs, links = [] }: ContentProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [shown, setShown] = useState(atFirst)
  if (body.trim() === '') return null
  const part = body.length > shown ? body.slice(0, body.lastIndexOf('\n', shown) + 1 || shown) : body
  return (
    <div>
      <div data-searched>
        {bodyIs === 'markdown' ? (
          <Suspense fallback={<Skeleton lines={4} />}>
            <Markdown text={part} links={links} />
          </Suspense>
        ) : (
          <div dir="auto" className={styles['plain']}>
            {part}
          </div>
        )}
      </div>
      {part.length < body.length && (
        <p className={styles['line']}>
          <span className={styles['muted']}>
            {t('library.longText', { shown: format.number(part.length), all: format.number(body.length) })}
          </span>
          <Button onPress={() => setShown(shown * 4)}>{t('library.longMore')}</Button>
        </p>
      )}
    </div>
  )
}
