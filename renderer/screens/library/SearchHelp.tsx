// What the search box understands besides words, each as something to press: it is put into the box, ready to be completed.
import { useTranslation } from 'react-i18next'
import { MenuButton } from '../../ui/MenuButton.tsx'

interface SearchHelpProps {
  readonly typed: string
  readonly onType: (query: string) => void
}

const ways = ['from', 'to', 'with', 'type', 'tag', 'in', 'after', 'before'] as const

export function SearchHelp({ typed, onType }: SearchHelpProps) {
  const { t } = useTranslation()
  const put = (text: string) => {
    onType(typed.trim() === '' ? text : `${typed.trim()} ${text}`)
    // To be completed there; the menu, which is about to close, gives the focus back to its button first.
    setTimeout(() => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus(), 50)
  }
  return (
    <MenuButton
      icon="info"
      label={t('library.help.title')}
      acts={[
        ...ways.map((way) => ({
          id: way,
          label: t(`library.help.${way}`),
          icon: 'search' as const,
          run: () => put(`${way}:`),
        })),
        { id: 'phrase', label: t('library.help.phrase'), icon: 'search' as const, run: () => put('""') },
      ]}
    />
  )
}
