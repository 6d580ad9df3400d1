// What can be done with one thing, behind one button: a menu of acts. What destroys something stands last and in red.
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import styles from './MenuButton.module.css'

export interface MenuAct {
  readonly id: string
  readonly label: string
  readonly icon: IconName
  readonly danger?: boolean
  readonly run: () => void
}

interface MenuButtonProps {
  /** What the menu is for; the words of the button where `words` are to be seen, its name where not. */
  readonly label: string
  readonly icon?: IconName
  readonly words?: boolean
  readonly acts: readonly MenuAct[]
}

export function MenuButton({ label, icon = 'more', words = false, acts }: MenuButtonProps) {
  return (
    <MenuTrigger>
      {words ? (
        <AriaButton className={cx(styles['button'])}>
          <Icon name={icon} size="small" />
          <span>{label}</span>
          <Icon name="down" size="small" />
        </AriaButton>
      ) : (
        <IconButton icon={icon} label={label} />
      )}
      <Popover className={cx(styles['popover'])} offset={4} placement="bottom end">
        <Menu aria-label={label} className={cx(styles['menu'])}>
          {acts.map(({ id, label: name, icon: sign, danger = false, run }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={name}
              onAction={run}
              className={cx(styles['item'], danger && styles['danger'])}
            >
              <Icon name={sign} size="small" />
              <span>{name}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
