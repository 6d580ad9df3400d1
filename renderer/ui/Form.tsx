// A form as a quiet column: its fields, what went wrong, and its buttons at the end.
import { type ReactNode, useEffect, useRef } from 'react'
import { Form as AriaForm } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './Form.module.css'

interface FormProps {
  readonly onSubmit: () => void
  /** How often it was sent before it was complete. Each time, the first field that lacks something takes the focus. */
  readonly refused?: number
  readonly children: ReactNode
}

export function Form({ onSubmit, refused = 0, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refused > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refused])
  return (
    <AriaForm
      ref={form}
      className={cx(styles['form'])}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </AriaForm>
  )
}

export function FormActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles['actions']}>{children}</div>
}

/** Another way to answer the field above it. */
export function FormAside({ children }: { readonly children: ReactNode }) {
  return <div className={styles['aside']}>{children}</div>
}

interface SendOrBackProps {
  readonly send: string
  readonly ready: boolean
  readonly busy: boolean
  readonly onBack: () => void
}

/** The answers of a form that is one step of several: on, or back to where the person came from. */
export function SendOrBack({ send, ready, busy, onBack }: SendOrBackProps) {
  const { t } = useTranslation()
  return (
    <FormActions>
      <Button look="filled" type="submit" isDisabled={!ready} busy={busy}>
        {send}
      </Button>
      <Button look="quiet" onPress={onBack} isDisabled={busy}>
        {t('do.back')}
      </Button>
    </FormActions>
  )
}
