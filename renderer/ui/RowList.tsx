// A list of any length, of which the page holds no more than a screenful: what is above and below is only counted. One stop
// of the Tab key; arrows move in it, Enter opens, and where rows can be selected Space does. It knows what a row is called
// and nothing of what is in it. Rows may stand under headings, of which the one that counts stays in sight.
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed one by one are no table */
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { CheckMark } from './CheckMark.tsx'
import { cx } from './cx.ts'
import styles from './RowList.module.css'
import { useWindow } from './useWindow.ts'
import { headingOf } from './windowing.ts'

export interface RowSelection {
  readonly has: (index: number) => boolean
  readonly toggle: (index: number) => void
  /** Both ends belong to it. */
  readonly range: (from: number, to: number) => void
  readonly all: () => void
  readonly none: () => void
}

/** For eyes alone: a row says for itself what its heading says. */
export interface RowHeadings {
  /** The rows that have a heading above them, in their order. */
  readonly rows: readonly number[]
  readonly words: (heading: number) => string
}

interface RowListProps {
  readonly label: string
  /** Which list it is: another one begins at its top, and the focus stays where it is. */
  readonly of?: string
  readonly count: number
  /** `roomy` has two lines, `dense` one. */
  readonly density?: 'roomy' | 'dense'
  readonly headings?: RowHeadings
  /** The inside of a row, usually a ListRow; a Skeleton for one that is not here yet. Told the heading it stands under. */
  readonly renderRow: (index: number, heading: number) => ReactNode
  /** The one whose detail is shown beside the list. */
  readonly current?: number | null
  readonly onOpen: (index: number) => void
  readonly selection?: RowSelection
  /** Told which rows stand in the page, so that they can be asked for. `end` is the first that does not. */
  readonly onSight?: (first: number, end: number) => void
}

const rems = { roomy: 3.5, dense: 2.25 }
const headingRems = 2
const noRows: readonly number[] = []

export function RowList(props: RowListProps) {
  const {
    label,
    of = '',
    count,
    density = 'roomy',
    headings,
    renderRow,
    current = null,
    onOpen,
    selection,
    onSight,
  } = props
  // Counted a moment before or after the rows, headings may reach beyond them.
  const headed = (headings?.rows ?? noRows).slice(0, headingOf(headings?.rows ?? noRows, count - 1) + 1)
  const id = useId()
  const {
    attach,
    first,
    end,
    rowHeight,
    headingHeight,
    height,
    page,
    topOf,
    staying,
    show: bring,
    onScroll,
  } = useWindow({
    of,
    count,
    rowRems: rems[density],
    headings: headed,
    headingRems,
  })
  const [cursor, setCursor] = useState(current ?? 0)
  const [anchor, setAnchor] = useState<number | null>(null)
  const [last, setLast] = useState(of)
  if (last !== of) {
    setLast(of)
    setCursor(current ?? 0)
    setAnchor(null)
  }
  const at = Math.max(0, Math.min(cursor, count - 1))

  const show = useEffectEvent((index: number) => {
    setCursor(index)
    bring(index)
  })
  const opened = useMemo(() => ({ of, at: current }), [of, current])
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what is opened from elsewhere is brought into sight here
    if (opened.at !== null) show(opened.at)
  }, [opened])
  const sight = useEffectEvent((from: number, to: number) => onSight?.(from, to))
  useEffect(() => sight(first, end), [first, end])

  const select = (index: number, extend: boolean) => {
    if (selection === undefined) return
    const from = anchor ?? at
    if (extend) selection.range(Math.min(from, index), Math.max(from, index))
    else selection.toggle(index)
    setAnchor(extend ? from : index)
  }
  const move = (index: number, extend: boolean) => {
    const to = Math.max(0, Math.min(index, count - 1))
    if (extend) select(to, true)
    else setAnchor(to)
    show(to)
  }
  const press = (event: KeyboardEvent) => {
    const acted = pressed(event, {
      at,
      count,
      page,
      move,
      select: (extend) => select(at, extend),
      onOpen,
      selection,
    })
    if (!acted) return
    event.preventDefault()
    event.stopPropagation()
  }
  const click = (event: MouseEvent, index: number, onBox: boolean) => {
    setCursor(index)
    if (selection !== undefined && (onBox || event.shiftKey || event.ctrlKey || event.metaKey))
      select(index, event.shiftKey)
    else onOpen(index)
  }
  if (count === 0) return null
  const indexes = Array.from({ length: end - first }, (_, offset) => first + offset)
  const before = headingOf(headed, first - 1)
  return (
    <div
      ref={attach}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count}
      aria-multiselectable={selection !== undefined}
      aria-activedescendant={at >= first && at < end ? `${id}-${at}` : undefined}
      className={styles['list']}
      onScroll={onScroll}
      onKeyDown={press}
    >
      {headings !== undefined && staying.heading >= 0 && (
        <div aria-hidden="true" className={styles['staying']}>
          <Heading height={headingHeight} moved={-staying.pushed}>
            {headings.words(staying.heading)}
          </Heading>
        </div>
      )}
      <div role="presentation" className={styles['room']} style={{ height: height }}>
        {headings !== undefined &&
          headed.slice(before + 1, headingOf(headed, end - 1) + 1).map((row, at) => (
            <Heading key={row} height={headingHeight} moved={topOf(row) - headingHeight}>
              {headings.words(before + 1 + at)}
            </Heading>
          ))}
        {indexes.map((index) => (
          <Row
            key={index}
            id={`${id}-${index}`}
            index={index}
            active={index === at}
            current={index === current}
            selected={selection?.has(index)}
            top={topOf(index)}
            height={rowHeight}
            onPress={click}
          >
            {renderRow(index, headingOf(headed, index))}
          </Row>
        ))}
      </div>
    </div>
  )
}

interface HeadingProps {
  readonly height: number
  readonly moved: number
  readonly children: string
}

function Heading({ height, moved, children }: HeadingProps) {
  return (
    <div aria-hidden="true" className={styles['heading']} style={{ height, top: moved }}>
      {children}
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly index: number
  readonly active: boolean
  readonly current: boolean
  /** Absent where nothing can be selected. */
  readonly selected: boolean | undefined
  readonly top: number
  readonly height: number
  readonly onPress: (event: MouseEvent, index: number, onBox: boolean) => void
  readonly children: ReactNode
}

function Row({ id, index, active, current, selected, top, height, onPress, children }: RowProps) {
  const { t } = useTranslation()
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and hears the keys
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      aria-current={current || undefined}
      className={cx(styles['row'], active && styles['active'], current && styles['current'])}
      style={{ top, height }}
      onClick={(event) => onPress(event, index, false)}
    >
      {selected !== undefined && (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- Space does the same
        <div
          role="gridcell"
          aria-label={t('list.select')}
          className={styles['box']}
          onClick={(event) => {
            event.stopPropagation()
            onPress(event, index, true)
          }}
        >
          <CheckMark checked={selected} />
        </div>
      )}
      <div role="gridcell" className={styles['cell']}>
        {children}
      </div>
    </div>
  )
}

interface Press {
  readonly at: number
  readonly count: number
  readonly page: number
  readonly move: (index: number, extend: boolean) => void
  readonly select: (extend: boolean) => void
  readonly onOpen: (index: number) => void
  readonly selection: RowSelection | undefined
}

/** Answers whether the key meant something here. */
function pressed(event: KeyboardEvent, { at, count, page, move, select, onOpen, selection }: Press): boolean {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }
  const target = targets[event.key]
  const command = event.ctrlKey || event.metaKey
  if (event.altKey) return false
  if (target !== undefined) move(target, event.shiftKey && selection !== undefined)
  else if (event.key === 'Enter' && !command) onOpen(at)
  else if (event.key === ' ' && selection !== undefined) select(event.shiftKey)
  else if (event.key.toLowerCase() === 'a' && command && selection !== undefined) selection.all()
  else if (event.key === 'Escape' && selection !== undefined) selection.none()
  else return false
  return true
}
