// What the palette offers: every place, every act that needs no further answer, and the look of the app.
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Appearance } from '../../shared/api/settings.ts'
import { shapeOf, useClient } from '../api.ts'
import { Palette, type PaletteGroup } from '../ui/Palette.tsx'
import { useToasts } from '../ui/Toast.tsx'
import { useDraft } from '../ui/useDraft.tsx'
import { keysOf } from '../ui/shortcuts.ts'
import { type SettingsSection, settingsSections } from '../words/places.ts'
import { useFoundItems } from './useFoundItems.ts'

interface PaletteOfActionsProps {
  readonly onClose: () => void
  readonly onHelp: () => void
  readonly onLock: () => void
}

export function PaletteOfActions({ onClose, onHelp, onLock }: PaletteOfActionsProps) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const [query, setQuery] = useDraft('palette', '')
  const { say } = useToasts()
  const tell = (act: Promise<unknown>) => void act.catch((error) => say((t) => t(`errors.${shapeOf(error).code}`)))
  const theme = (to: Appearance['theme']) => () => tell(client.call('appearance.set', { theme: to }))
  const settings = (name: SettingsSection) => ({
    id: `settings-${name}`,
    label: `${t('settings.title')}: ${t(`settings.${name}.title`)}`,
    icon: 'settings' as const,
    ...(name === 'security' ? { keys: keysOf(t, 'goSettings') } : {}),
    run: () => void navigate({ to: `/settings/${name}` }),
  })
  const found = useFoundItems(query)
  const groups: readonly PaletteGroup[] = [
    {
      id: 'go',
      title: t('palette.go'),
      actions: [
        {
          id: 'home',
          label: t('nav.home'),
          icon: 'home',
          keys: keysOf(t, 'goHome'),
          run: () => void navigate({ to: '/' }),
        },
        {
          id: 'library',
          label: t('nav.library'),
          icon: 'library',
          keys: keysOf(t, 'goLibrary'),
          run: () => void navigate({ to: '/library' }),
        },
        {
          id: 'trash',
          label: t('library.trash.title'),
          icon: 'trash',
          run: () => void navigate({ to: '/library/trash' }),
        },
        { id: 'add', label: t('add.title'), icon: 'import', run: () => void navigate({ to: '/add' }) },
        {
          id: 'activity',
          label: t('nav.activity'),
          icon: 'activity',
          keys: keysOf(t, 'goActivity'),
          run: () => void navigate({ to: '/activity' }),
        },
        { id: 'left', label: t('left.title'), icon: 'device', run: () => void navigate({ to: '/left' }) },
        ...settingsSections.map(settings),
      ],
    },
    {
      id: 'act',
      title: t('palette.act'),
      actions: [
        {
          id: 'note',
          label: t('library.note.new'),
          icon: 'edit',
          run: () => void navigate({ to: '/library/note/$name', params: { name: 'new' } }),
        },
        { id: 'lock', label: t('palette.lock'), icon: 'lock', keys: keysOf(t, 'lock'), run: onLock },
        {
          id: 'backup',
          label: t('palette.backup'),
          icon: 'backup',
          run: () => tell(client.call('backups.create', {})),
        },
        {
          id: 'verify',
          label: t('palette.verify'),
          icon: 'shield',
          run: () => {
            tell(client.call('ledger.verify', {}))
            void navigate({ to: '/activity' })
          },
        },
        { id: 'help', label: t('palette.help'), icon: 'keyboard', keys: keysOf(t, 'help'), run: onHelp },
      ],
    },
    {
      id: 'look',
      title: t('palette.look'),
      actions: [
        { id: 'light', label: t('palette.light'), icon: 'sun', run: theme('light') },
        { id: 'dark', label: t('palette.dark'), icon: 'moon', run: theme('dark') },
        { id: 'system', label: t('palette.system'), icon: 'device', run: theme('system') },
      ],
    },
  ]
  return <Palette groups={[...groups, ...found]} query={query} onQuery={setQuery} onClose={onClose} />
}
