// The last net: a screen that throws is replaced by a calm sentence and a way to go on. What was thrown stays in the
// browser's console of a development build; it is sent nowhere.
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './ui/Button.tsx'
import { Page } from './ui/Page.tsx'

interface Props {
  readonly children: ReactNode
}

export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <Crash /> : this.props.children
  }
}

export function Crash() {
  const { t } = useTranslation()
  return (
    <Page title={t('crash.title')} lead={t('crash.text')}>
      <Button look="filled" onPress={() => window.location.reload()}>
        {t('crash.reload')}
      </Button>
    </Page>
  )
}
