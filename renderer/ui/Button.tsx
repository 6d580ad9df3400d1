// Buttons: one filled button a view, the rest outlined or quiet. A link that looks like a button is still a link.
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components'
import styles from './Button.module.css'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'

type Look = 'filled' | 'outlined' | 'quiet' | 'danger' | 'filled-danger'

interface ButtonProps extends Omit<AriaButtonProps, 'autoFocus' | 'className' | 'style' | 'children' | 'isPending'> {
  readonly look?: Look
  readonly icon?: IconName
  /** Working: stays focusable, ignores presses and shows that it turns. */
  readonly busy?: boolean
  readonly wide?: boolean
  /** Starts with the focus: the answer a dialog expects. */
  readonly takesFocus?: boolean
  readonly children: ReactNode
}

export function Button(props: ButtonProps) {
  const { look = 'outlined', icon, busy = false, wide = false, takesFocus = false, children, ...rest } = props
  return (
    <AriaButton
      {...rest}
      {...(busy ? held : {})}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- see takesFocus
      autoFocus={takesFocus}
      className={cx(styles['button'], styles[look], wide && styles['wide'])}
    >
      {busy ? (
        <span className={styles['spinner']} aria-hidden="true" />
      ) : (
        icon !== undefined && <Icon name={icon} size="small" />
      )}
      <span>{children}</span>
    </AriaButton>
  )
}

/**
 * What makes a busy button wait. React Aria's own `isPending` reads the button's name out when the work ends, by when
 * the button is often gone with its screen; what is going on is said by a notice beside it instead.
 */
const held = { type: 'button', 'aria-disabled': 'true', onPress: () => undefined } as const

interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  readonly icon: IconName
  /** Read aloud, and shown as a tooltip. */
  readonly label: string
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...rest} aria-label={label} className={cx(styles['button'], styles['quiet'], styles['square'])}>
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className={cx(styles['tooltip'])} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  )
}

interface LinkButtonProps {
  readonly href: string
  readonly look?: Look
  readonly icon?: IconName
  readonly children: ReactNode
}

export function LinkButton({ href, look = 'outlined', icon, children }: LinkButtonProps) {
  return (
    <a href={href} className={cx(styles['button'], styles[look])}>
      {icon !== undefined && <Icon name={icon} size="small" />}
      <span>{children}</span>
    </a>
  )
}
