// A choice among many, opened on demand.
import { Select as AriaSelect, Button, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import styles from './Select.module.css'

interface SelectProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <AriaSelect
      aria-label={label}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key)
        if (chosen !== undefined && chosen.value !== value) onChange(chosen.value)
      }}
    >
      <Button className={cx(styles['button'])}>
        <SelectValue className={cx(styles['value'])} />
        <Icon name="down" size="small" />
      </Button>
      <Popover className={cx(styles['popover'])} offset={4} placement="bottom end">
        <ListBox className={cx(styles['list'])} items={options.map((option) => ({ id: option.value, ...option }))}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={cx(styles['item'])}>
              <span>{option.label}</span>
              <span className={styles['check']}>
                <Icon name="check" size="small" />
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
