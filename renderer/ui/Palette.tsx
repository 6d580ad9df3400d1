// The palette: one field, a filtered list of actions in groups, Enter runs the one in focus. It knows no action itself.
import { useTranslation } from 'react-i18next'
import {
  Dialog as AriaDialog,
  Autocomplete,
  Collection,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import { Keys } from './Keys.tsx'
import styles from './Palette.module.css'

export interface PaletteAction {
  readonly id: string
  readonly label: string
  readonly icon: IconName
  readonly keys?: readonly string[]
  /** Answers to what was typed already, and is not sorted out by it. */
  readonly found?: boolean
  readonly run: () => void
}

export interface PaletteGroup {
  readonly id: string
  readonly title: string
  readonly actions: readonly PaletteAction[]
}

interface PaletteProps {
  readonly groups: readonly PaletteGroup[]
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly onClose: () => void
}

export function Palette({ groups, query, onQuery, onClose }: PaletteProps) {
  const { t } = useTranslation()
  const { contains } = useFilter({ sensitivity: 'base' })
  const stays = new Set(groups.flatMap(({ actions }) => actions.filter(({ found }) => found).map(({ id }) => id)))
  const run = (key: unknown) => {
    const action = groups.flatMap((group) => group.actions).find(({ id }) => id === key)
    onClose()
    onQuery('')
    action?.run()
  }
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={cx(styles['overlay'])}>
      <Modal className={cx(styles['modal'])}>
        <AriaDialog aria-label={t('palette.label')} className={cx(styles['dialog'])}>
          <Autocomplete
            inputValue={query}
            onInputChange={onQuery}
            filter={(text, typed, { key }) => stays.has(String(key)) || contains(text, typed)}
          >
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a palette is opened to type in it */}
            <SearchField aria-label={t('palette.label')} autoFocus className={cx(styles['field'])}>
              <Icon name="search" />
              <Input placeholder={t('palette.placeholder')} maxLength={1000} className={cx(styles['input'])} />
            </SearchField>
            {/* Focus stays in the field while arrows move through the list, so the list itself must be reachable to be
                scrolled (WCAG 2.1.1). */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role */}
            <div className={styles['list']} role="group" aria-label={t('palette.label')} tabIndex={0}>
              <Menu
                aria-label={t('palette.label')}
                items={groups}
                onAction={run}
                className={cx(styles['menu'])}
                renderEmptyState={() => <p className={styles['nothing']}>{t('palette.nothing', { query })}</p>}
              >
                {(group) => (
                  <MenuSection id={group.id} className={cx(styles['group'])}>
                    <Header className={cx(styles['groupTitle'])}>{group.title}</Header>
                    <Collection items={group.actions}>
                      {(action) => (
                        <MenuItem id={action.id} textValue={action.label} className={cx(styles['item'])}>
                          <Icon name={action.icon} />
                          <bdi>{action.label}</bdi>
                          {action.keys !== undefined && (
                            <span aria-hidden="true">
                              <Keys keys={action.keys} />
                            </span>
                          )}
                        </MenuItem>
                      )}
                    </Collection>
                  </MenuSection>
                )}
              </Menu>
            </div>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
