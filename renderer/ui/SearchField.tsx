// One line to search by, with a cross to empty it and how much was found. Where it stands alone its label is read, not seen.
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components'
import { cx } from './cx.ts'
import { useFormat } from './format.tsx'
import { Icon } from './Icon.tsx'
import styles from './SearchField.module.css'

interface SearchFieldProps {
  readonly label: string
  /** Left out where something around the field keeps what is typed. */
  readonly value?: string
  readonly onChange?: (value: string) => void
  /** Leads on to what was found: Enter and the arrow down. */
  readonly onLeave?: () => void
  /** How much was found; null while it is being looked for, left out where nobody looks. */
  readonly found?: number | null
  /** There is more than that, and nobody counted it. */
  readonly foundMore?: boolean
  readonly takesFocus?: boolean
}

export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, onLeave, found, foundMore = false, takesFocus = false } = props
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <AriaSearchField
      aria-label={label}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
      {...(onLeave === undefined ? {} : { onSubmit: onLeave, onKeyDown: (event) => leaveDownwards(event, onLeave) })}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do in what was just opened
      autoFocus={takesFocus}
      className={cx(styles['field'])}
    >
      <Icon name="search" size="small" />
      <Input
        placeholder={label}
        // More is not looked for (shared/api/search.ts).
        maxLength={1000}
        autoComplete="off"
        autoCorrect="off"
        spellCheck="false"
        className={cx(styles['input'])}
      />
      <output className={styles['found']}>
        {found !== undefined &&
          found !== null &&
          t(foundMore ? 'search.foundMore' : 'search.found', { count: found, shown: format.number(found) })}
      </output>
      <Button className={cx(styles['clear'])}>
        <Icon name="close" size="small" />
      </Button>
    </AriaSearchField>
  )
}

function leaveDownwards(event: KeyboardEvent, leave: () => void): void {
  if (event.key !== 'ArrowDown') return
  // It would also scroll what has the focus then.
  event.preventDefault()
  leave()
}
