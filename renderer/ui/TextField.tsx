// Text fields: a label that stays, one hint or one error beneath, and nothing that blocks pasting.
import type { ReactNode } from 'react'
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import styles from './TextField.module.css'

interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'autoFocus' | 'className' | 'style' | 'children' | 'isInvalid'> {
  readonly label: string
  /** Starts with the focus: the one thing to do on its page or in its dialog. */
  readonly takesFocus?: boolean
  readonly hint?: ReactNode
  readonly error?: string | null
  /** Several lines of evenly spaced letters, for words that are compared one by one. */
  readonly rows?: number
  /** Beside the label: something that helps to fill the field. */
  readonly aside?: ReactNode
  /** A control inside the field, at its end. */
  readonly end?: ReactNode
}

export function TextField({
  label,
  takesFocus = false,
  hint,
  error = null,
  rows,
  aside,
  end,
  ...rest
}: TextFieldProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- see takesFocus
    <AriaTextField {...rest} autoFocus={takesFocus} isInvalid={error !== null} className={cx(styles['field'])}>
      <div className={styles['head']}>
        <Label className={cx(styles['label'])}>{label}</Label>
        {aside}
      </div>
      <div className={styles['box']}>
        {rows === undefined ? (
          <Input data-takes-focus={takesFocus} className={cx(styles['input'])} />
        ) : (
          <TextArea data-takes-focus={takesFocus} rows={rows} className={cx(styles['input'], styles['area'])} />
        )}
        {end !== undefined && <div className={styles['end']}>{end}</div>}
      </div>
      {hint !== undefined && (
        <Text slot="description" className={cx(styles['hint'])}>
          {hint}
        </Text>
      )}
      {error !== null && (
        <Text slot="errorMessage" role="alert" className={cx(styles['error'])}>
          <Icon name="warn" size="small" /> {error}
        </Text>
      )}
    </AriaTextField>
  )
}
