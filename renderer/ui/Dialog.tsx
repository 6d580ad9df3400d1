// A modal dialog: one title, one question, its answers at the end. It closes on Escape unless it is busy.
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
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
