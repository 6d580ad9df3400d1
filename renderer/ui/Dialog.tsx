// A modal dialog: one title, one question, its answers at the end. It closes on Escape unless it is busy.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** Work is under way: Escape and a press outside do nothing. */
  readonly busy?: boolean
  /** Interrupts: read aloud as an alert. */
  readonly alert?: boolean
  readonly children: ReactNode
}

export function Dialog({ title, onClose, busy = false, alert = false, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={!busy && !alert}
      isKeyboardDismissDisabled={busy}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      className={cx(styles['overlay'])}
    >
      <Modal className={cx(styles['modal'])}>
        <AriaDialog role={alert ? 'alertdialog' : 'dialog'} className={cx(styles['dialog'])}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles['actions']}>{children}</div>
}

interface SendOrCancelProps {
  readonly send: string
  readonly look?: 'filled' | 'filled-danger'
  readonly ready: boolean
  readonly busy: boolean
  readonly onCancel: () => void
}

/** The answers of a dialog that is a form: nothing happens, or what was typed is sent. */
export function SendOrCancel({ send, look = 'filled', ready, busy, onCancel }: SendOrCancelProps) {
  const { t } = useTranslation()
  return (
    <DialogActions>
      <Button onPress={onCancel} isDisabled={busy}>
        {t('do.cancel')}
      </Button>
      <Button look={look} type="submit" isDisabled={!ready} busy={busy}>
        {send}
      </Button>
    </DialogActions>
  )
}
