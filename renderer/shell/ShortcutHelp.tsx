// The list behind "?".
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { ShortcutList } from '../ui/ShortcutList.tsx'

export function ShortcutHelp({ singleKeys, onClose }: { readonly singleKeys: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose}>
      <ShortcutList singleKeys={singleKeys} />
      <DialogActions>
        <Button onPress={onClose} takesFocus>
          {t('do.close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
