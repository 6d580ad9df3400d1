// A choice among few, all in sight. It is a radio group: arrows move within it, and one is always chosen.
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Segmented.module.css'

interface SegmentedProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: IconName }[]
  readonly onChange: (value: T) => void
}

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen !== undefined) onChange(chosen.value)
      }}
      className={cx(styles['group'])}
    >
      {options.map((option) => (
        <RadioField key={option.value} value={option.value} className={cx(styles['field'])}>
          <RadioButton className={cx(styles['segment'])}>
            {option.icon !== undefined && <Icon name={option.icon} size="small" />}
            {option.label}
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  )
}
