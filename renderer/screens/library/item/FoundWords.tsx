// Marks in the open item what it was found by, says in how many places that stands, and leads from one to the next. The
// marks lie over the text and change nothing of it.
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sought } from '../../../../shared/words.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { bringIntoSight, foundPlaces } from './foundPlaces.ts'
import styles from './Item.module.css'

interface FoundWordsProps {
  /** What bears the mark `data-searched` in it is looked through. */
  readonly within: RefObject<Element | null>
  readonly sought: readonly Sought[]
}

export function FoundWords({ within, sought }: FoundWordsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const places = usePlaces(within, sought)
  const [at, setAt] = useState<number | null>(null)
  const current = at === null ? undefined : places[at]
  useMarks('found', places)
  useMarks('found-here', current === undefined ? nowhere : [current])
  if (places.length === 0) return null
  const go = (by: 1 | -1) => {
    const next = at === null ? (by === 1 ? 0 : places.length - 1) : (at + by + places.length) % places.length
    setAt(next)
    const place = places[next]
    if (place !== undefined) bringIntoSight(place)
  }
  const number = format.number(places.length)
  return (
    <div className={styles['found']}>
      <Icon name="search" size="small" />
      <output>
        {at === null || current === undefined
          ? t('library.marks.here', { count: places.length, number })
          : t('library.marks.at', { at: format.number(at + 1), number })}
      </output>
      <IconButton icon="left" label={t('library.marks.previous')} onPress={() => go(-1)} />
      <IconButton icon="right" label={t('library.marks.next')} onPress={() => go(1)} />
    </div>
  )
}

const nowhere: readonly Range[] = []

/** Kept true to the text while it is drawn, lengthened or changed. */
function usePlaces(within: RefObject<Element | null>, sought: readonly Sought[]): readonly Range[] {
  const [places, setPlaces] = useState(nowhere)
  useEffect(() => {
    const roots = sought.length === 0 ? [] : [...(within.current?.querySelectorAll('[data-searched]') ?? [])]
    const look = () => setPlaces(roots.flatMap((root) => foundPlaces(root, sought)))
    const observer = new MutationObserver(look)
    for (const root of roots) observer.observe(root, { childList: true, characterData: true, subtree: true })
    look()
    return () => observer.disconnect()
  }, [within, sought])
  return places
}

function useMarks(name: string, places: readonly Range[]): void {
  useEffect(() => {
    const marks = new Highlight()
    for (const place of places) marks.add(place)
    // What is read now lies over the rest.
    marks.priority = name === 'found' ? 0 : 1
    CSS.highlights.set(name, marks)
    return () => void CSS.highlights.delete(name)
  }, [name, places])
}
