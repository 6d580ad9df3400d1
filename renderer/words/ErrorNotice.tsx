// A coded error as a sentence in the person's language. Details are shown only where they help.
import { useTranslation } from 'react-i18next'
import type { ErrorShape } from '../../shared/errors.ts'
import { Notice } from '../ui/Notice.tsx'

export function ErrorNotice({ error }: { readonly error: ErrorShape | null }) {
  const { t } = useTranslation()
  if (error === null) return null
  const { reference } = error.details
  return (
    <Notice tone="danger" live>
      {t(`errors.${error.code}`)} {typeof reference === 'string' && t('errors.reference', { reference })}
    </Notice>
  )
}
