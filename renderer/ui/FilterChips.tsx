// Narrows a list, each chip in one respect: any number of choices from a list with counts. What is chosen is said on the
// chip, and taken back on the chip or for all of them at once.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Autocomplete,
  Button,
  DialogTrigger,
  Group,
  ListBox,
  ListBoxItem,
  Popover,
  useFilter,
} from 'react-aria-components'
import { Button as PlainButton } from './Button.tsx'
import { CheckMark } from './CheckMark.tsx'
import { cx } from './cx.ts'
import styles from './FilterChips.module.css'
import { useFormat } from './format.tsx'
import { Icon } from './Icon.tsx'
import { SearchField } from './SearchField.tsx'

export interface FilterOption<T extends string> {
  readonly value: T
  readonly label: string
  /** How many of it there are. */
  readonly count?: number
}

interface FilterChipProps<T extends string> {
  readonly label: string
  readonly options: readonly FilterOption<T>[]
  readonly chosen: readonly T[]
  readonly onChange: (chosen: readonly T[]) => void
  /** Told what is typed, where more can be found than is offered; the options are then those that fit it. */
  readonly onFind?: (typed: string) => void
  /** Stands below the choices: what can be done with them besides. */
  readonly foot?: ReactNode
}

/** More than these are looked for by typing. */
const fewOptions = 8

export function FilterChip<T extends string>(props: FilterChipProps<T>) {
  const { label, options, chosen, onChange, onFind, foot } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { contains } = useFilter({ sensitivity: 'base' })
  const [query, setQuery] = useState('')
  const find = (typed: string) => {
    setQuery(typed)
    onFind?.(typed)
  }
  const toType = onFind !== undefined || options.length > fewOptions
  const names = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label)
  const says =
    names.length === 0
      ? label
      : t('filter.chosen', { label, chosen: names.length > 2 ? String(names.length) : format.list(names) })
  const list = (
    <ListBox
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- what was opened to choose from; a field to type in comes first
      autoFocus={!toType}
      selectionMode="multiple"
      escapeKeyBehavior="none"
      selectedKeys={chosen}
      onSelectionChange={(keys) => {
        onChange(options.map(({ value }) => value).filter((value) => keys === 'all' || keys.has(value)))
      }}
      className={cx(styles['list'])}
      renderEmptyState={() => <div className={styles['nothing']}>{t('filter.nothing')}</div>}
    >
      {options.map(({ value, label: name, count }) => (
        <ListBoxItem key={value} id={value} textValue={name} className={cx(styles['option'])}>
          <CheckMark checked={chosen.includes(value)} />
          <span className={styles['name']}>{name}</span>
          {count !== undefined && <span className={styles['count']}>{format.number(count)}</span>}
        </ListBoxItem>
      ))}
    </ListBox>
  )
  return (
    <span className={cx(styles['chip'], names.length > 0 && styles['chosen'])}>
      <DialogTrigger onOpenChange={() => find('')}>
        <Button className={cx(styles['open'])}>
          <span>{says}</span>
          <Icon name="down" size="small" />
        </Button>
        <Popover aria-label={label} className={cx(styles['popover'])} offset={4} placement="bottom start">
          <div className={styles['dialog']}>
            {toType ? (
              <Autocomplete
                {...(onFind === undefined ? { filter: contains } : {})}
                inputValue={query}
                onInputChange={find}
              >
                <SearchField label={t('filter.find')} takesFocus />
                {list}
              </Autocomplete>
            ) : (
              list
            )}
            {foot}
          </div>
        </Popover>
      </DialogTrigger>
      {names.length > 0 && (
        <Button
          aria-label={t('filter.clearOne', { label })}
          className={cx(styles['clear'])}
          onPress={() => onChange([])}
        >
          <Icon name="close" size="small" />
        </Button>
      )}
    </span>
  )
}

interface FilterChipsProps {
  readonly label: string
  /** Whether any chip narrows the list. */
  readonly narrowed: boolean
  readonly onClear: () => void
  readonly children: ReactNode
}

export function FilterChips({ label, narrowed, onClear, children }: FilterChipsProps) {
  const { t } = useTranslation()
  return (
    <Group aria-label={label} className={cx(styles['chips'])}>
      {children}
      {narrowed && (
        <PlainButton look="quiet" onPress={onClear}>
          {t('filter.clear')}
        </PlainButton>
      )}
    </Group>
  )
}
