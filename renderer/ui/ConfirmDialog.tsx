// Asks once more before something that cannot be undone: the exact name has to be typed.
import { type ReactNode, useState } from 'react'
import { Dialog, SendOrCancel } from './Dialog.tsx'
import { Form } from './Form.tsx'
import { Notice } from './Notice.tsx'
import { TextField } from './TextField.tsx'

interface ConfirmDialogProps {
  readonly title: string
  readonly warning: string
  readonly typeLabel: string
  readonly name: string
  readonly confirm: string
  readonly busy: boolean
  readonly problem?: ReactNode
  readonly onConfirm: (typed: string) => void
  readonly onClose: () => void
}

export function ConfirmDialog({
  title,
  warning,
  typeLabel,
  name,
  confirm,
  busy,
  problem,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState('')
  const matches = typed.trim() === name
  return (
    <Dialog title={title} busy={busy} onClose={onClose}>
      <Form
        onSubmit={() => {
          if (matches) onConfirm(typed.trim())
        }}
      >
        <Notice tone="danger">{warning}</Notice>
        <TextField
          label={typeLabel}
          value={typed}
          onChange={setTyped}
          takesFocus
          autoComplete="off"
          isDisabled={busy}
        />
        {problem}
        <SendOrCancel send={confirm} look="filled-danger" ready={matches} busy={busy} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}
