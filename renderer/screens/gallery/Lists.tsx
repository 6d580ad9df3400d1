// The parts that lists are made of: a million rows, what is beside them, and what narrows them.
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { FilterChip, FilterChips } from '../../ui/FilterChips.tsx'
import { useFormat } from '../../ui/format.tsx'
import { EmptyState, Pill, RowDetail, Section } from '../../ui/Layout.tsx'
import { ListRow } from '../../ui/ListRow.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { SelectionBar } from '../../ui/SelectionBar.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TwoPane } from '../../ui/TwoPane.tsx'
import styles from './Gallery.module.css'

const million = 1_000_000
const trees = ['apple', 'pear', 'plum', 'quince', 'cherry', 'walnut', 'medlar', 'hazel', 'mulberry', 'fig'] as const
const nothing = () => undefined

export function Lists() {
  return (
    <>
      <Section title="Narrowing">
        <Narrowing />
      </Section>
      <Section title="A list and its detail">
        <RowDetail>
          <Panes />
        </RowDetail>
      </Section>
      <Section title="A dense list">
        <div className={styles['short']}>
          <RowList
            label="Dense rows"
            count={40}
            density="dense"
            onOpen={nothing}
            renderRow={(index) => (
              <ListRow dense icon="document" title={`Row ${index + 1}`} snippet="how it begins" date="3 May" />
            )}
          />
        </div>
      </Section>
      <Section title="Nothing there, and not there yet">
        <EmptyState icon="import" title="Nothing here yet" action={<Button look="filled">Bring something in</Button>}>
          What comes will be listed here.
        </EmptyState>
        <RowDetail>
          <Skeleton lines={3} />
        </RowDetail>
      </Section>
    </>
  )
}

function Narrowing() {
  const [query, setQuery] = useState('plum')
  const [few, setFew] = useState<readonly string[]>(['plum'])
  const [many, setMany] = useState<readonly string[]>([])
  const options = trees.map((value, at) => ({ value, label: value, count: (at + 1) * 1234 }))
  return (
    <div className={styles['fields']}>
      <SearchField label="Search" value={query} onChange={setQuery} found={query === '' ? null : 1234} />
      <FilterChips
        label="Filters"
        narrowed={few.length + many.length > 0}
        onClear={() => {
          setFew([])
          setMany([])
        }}
      >
        <FilterChip label="Few" options={options.slice(0, 4)} chosen={few} onChange={setFew} />
        <FilterChip label="Many" options={options} chosen={many} onChange={setMany} />
      </FilterChips>
    </div>
  )
}

function Panes() {
  const format = useFormat()
  const [open, setOpen] = useState<number | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [sight, setSight] = useState('')
  const none = () => setChosen(new Set())
  const toggle = (index: number) =>
    setChosen((before) => new Set(before.has(index) ? [...before].filter((one) => one !== index) : [...before, index]))
  const range = (from: number, to: number) =>
    setChosen(new Set(Array.from({ length: Math.min(1000, to - from + 1) }, (_, at) => from + at)))
  return (
    <TwoPane
      listLabel="Many rows"
      detailLabel="The row that is open"
      open={open !== null}
      onBack={() => setOpen(null)}
      list={
        <>
          {chosen.size > 0 && (
            <SelectionBar count={chosen.size} onNone={none}>
              <Button icon="trash">Delete</Button>
              <MenuButton
                words
                label="More"
                acts={[
                  { id: 'tag', label: 'Add a tag', icon: 'tag', run: nothing },
                  { id: 'folder', label: 'Add to a collection', icon: 'folder', run: nothing },
                  { id: 'trash', label: 'Delete for good', icon: 'trash', danger: true, run: nothing },
                ]}
              />
            </SelectionBar>
          )}
          <RowList
            label="A million rows"
            count={million}
            current={open}
            onOpen={setOpen}
            onSight={(first, end) => setSight(`${first} to ${end}`)}
            selection={{ has: (index) => chosen.has(index), toggle, range, all: nothing, none }}
            renderRow={(index) =>
              index % 50 === 25 ? (
                <Skeleton />
              ) : (
                <ListRow
                  icon="mail"
                  title={`Row ${format.number(index + 1)}`}
                  snippet="How it begins, on one line that may be longer than there is room for"
                  date="3 May"
                  signs={index % 7 === 0 && <Pill>Sign</Pill>}
                />
              )
            }
          />
        </>
      }
      detail={
        open === null ? (
          <EmptyState icon="mail" title="Nothing is open">
            Choose a row.
          </EmptyState>
        ) : (
          <>
            <h3>Row {format.number(open + 1)}</h3>
            <p data-testid="sight">{sight}</p>
          </>
        )
      }
    />
  )
}
