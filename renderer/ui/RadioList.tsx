// A choice among a few things that need a line of their own each.
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './RadioList.module.css'

interface RadioListProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint: string }[]
  readonly onChange: (value: string) => void
}

export function RadioList({ label, value, options, onChange }: RadioListProps) {
  return (
    <RadioGroup aria-label={label} value={value} onChange={onChange} className={cx(styles['list'])}>
      {options.map((option) => (
        <RadioField key={option.value} value={option.value}>
          <RadioButton className={cx(styles['item'])}>
            <span className={styles['dot']} />
            <span className={styles['label']}>{option.label}</span>
            <span className={styles['hint']}>{option.hint}</span>
          </RadioButton>
        </RadioField>
      ))}
    </RadioGroup>
  )
}
