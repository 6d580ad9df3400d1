// The icon set: one stroke style on a 20-unit grid, drawn for this app. Icons are decoration; the words beside them, or
// the label of the control they stand in, carry the meaning.
import { cx } from './cx.ts'
import styles from './Icon.module.css'

const shapes = {
  home: 'M3.5 9 10 3.5 16.5 9M5 8v8.5h10V8M8.5 16.5v-5h3v5',
  activity: 'M4 5.5h.01M4 10h.01M4 14.5h.01M7.5 5.5h9M7.5 10h9M7.5 14.5h6',
  settings:
    'M3 6.5h8M15 6.5h2M3 13.5h2M9 13.5h8M13 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 15.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v1.5',
  unlock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 5.8-1M10 12v1.5',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l4 4',
  shield: 'M10 3 4.5 5v4.5c0 3.5 2.3 6 5.5 7.5 3.2-1.5 5.5-4 5.5-7.5V5zM7.5 10l1.8 1.8 3.2-3.6',
  device: 'M4 4.5h12v8.5H4zM2.5 16h15',
  key: 'M7 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM9.5 9.5l6-6M13 6l2 2M11 8l1.5 1.5',
  kit: 'M5 3h7l3 3v11H5zM12 3v3h3M7.5 9.5h5M7.5 12h5M7.5 14.5h3',
  backup: 'M3.5 4h13v3.5h-13zM4.5 7.5v9h11v-9M8 10.5h4',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  good: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7 10.2l2.1 2.1L13 8',
  warn: 'M10 3.5 2.8 16h14.4zM10 8.5v3.5M10 14.2v.01',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9.5v4M10 6.8v.01',
  close: 'm5.5 5.5 9 9m0-9-9 9',
  down: 'm6 8 4 4 4-4',
  right: 'm8 6 4 4-4 4',
  show: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5ZM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  hide: 'M4 4l12 12M8 5.3A7 7 0 0 1 10 5c5 0 7.5 5 7.5 5a13 13 0 0 1-2.3 2.9M12 14.7a7 7 0 0 1-2 .3c-5 0-7.5-5-7.5-5A13 13 0 0 1 5.6 6.6',
  suggest: 'M15.8 8A6 6 0 0 0 4.6 7.500M4.2 12A6 6 0 0 0 15.4 12.500M4.5 4v3.500H8M15.5 16v-3.500H12',
  print: 'M6 7.500V3.500h8v4M6 13.500H3.500v-6h13v6H14M6 11.500h8v5H6z',
  save: 'M10 3.500v8.500M6.5 9 10 12.5 13.5 9M4 15v1.500h12V15',
  undo: 'M7 4 3.5 7.5 7 11M4 7.500h8a4.2 4.2 0 0 1 0 8.500H8',
  trash: 'M4 6h12M8 6V3.500h4V6M5.5 6l.7 10.500h7.600L14.5 6M8.5 9v4.500M11.5 9v4.5',
  sun: 'M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM10 2.500v1.500M10 16v1.500M2.5 10H4M16 10h1.500M4.7 4.700l1 1M14.3 14.300l1 1M15.3 4.700l-1 1M5.7 14.300l-1 1',
  moon: 'M16 12.200A6.5 6.5 0 0 1 7.8 4a6.5 6.5 0 1 0 8.2 8.200Z',
  keyboard: 'M2.5 5.500h15v9h-15zM5.5 8.500h.01M8.5 8.500h.01M11.5 8.500h.01M14.5 8.500h.01M6.5 11.500h7',
  stop: 'M6 6h8v8H6z',
  pause: 'M7 5.500v9M13 5.500v9',
  play: 'm7 5 8 5-8 5z',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6.500V10l2.5 1.5',
  plug: 'M7 3.500v3.500M13 3.500v3.500M5 7h10v2.500a5 5 0 0 1-10 0zM10 14.500V17',
} as const

export type IconName = keyof typeof shapes
export const iconNames = Object.keys(shapes) as readonly IconName[]

interface IconProps {
  readonly name: IconName
  readonly size?: 'small' | 'normal' | 'large'
}

export function Icon({ name, size = 'normal' }: IconProps) {
  return (
    <svg className={cx(styles['icon'], styles[size])} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  )
}
