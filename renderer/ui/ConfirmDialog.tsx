// Asks once more before something that cannot be undone: the exact name has to be typed.
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Dialog, DialogActions } from './Dialog.tsx'
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
  const { t } = useTranslation()
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
        <DialogActions>
          <Button onPress={onClose} isDisabled={busy}>
            {t('do.cancel')}
          </Button>
          <Button look="filled-danger" type="submit" isDisabled={!matches} busy={busy}>
            {confirm}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  )
}
