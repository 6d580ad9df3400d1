// One line of names, one of them shown: as links, where each has an address of its own, or as tabs within one screen. On a
// narrow page the line scrolls, and fades where it goes on.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Tabs.module.css'

interface SectionLineProps {
  readonly label: string
  readonly sections: readonly { readonly href: string; readonly label: string; readonly current: boolean }[]
}

export function SectionLine({ label, sections }: SectionLineProps) {
  const { ref, more, look } = useFade<HTMLElement>()
  return (
    <nav ref={ref} onScroll={look} aria-label={label} className={cx(styles['line'], more && styles['more'])}>
      {sections.map(({ href, label: name, current }) => (
        <a key={href} href={href} aria-current={current ? 'page' : undefined} className={styles['place']}>
          {name}
        </a>
      ))}
    </nav>
  )
}

interface TabsProps<T extends string> {
  readonly label: string
  readonly shown: T
  readonly onShow: (id: T) => void
  readonly tabs: readonly { readonly id: T; readonly label: string; readonly content: ReactNode }[]
}

export function Tabs<T extends string>({ label, shown, onShow, tabs }: TabsProps<T>) {
  const { ref, more, look } = useFade<HTMLDivElement>()
  return (
    <AriaTabs
      selectedKey={shown}
      onSelectionChange={(key) => {
        const chosen = tabs.find(({ id }) => id === key)
        if (chosen !== undefined) onShow(chosen.id)
      }}
      className={cx(styles['tabs'])}
    >
      <TabList ref={ref} onScroll={look} aria-label={label} className={cx(styles['line'], more && styles['more'])}>
        {tabs.map(({ id, label: name }) => (
          <Tab key={id} id={id} className={cx(styles['place'])}>
            {name}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={cx(styles['panel'])}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}

/** Whether the line goes on beyond its end, and what is shown brought into sight on it. */
function useFade<E extends HTMLElement>() {
  const ref = useRef<E>(null)
  const [more, setMore] = useState(false)
  const look = () => {
    const line = ref.current
    // In a language that runs the other way, what has been scrolled counts down from nothing.
    if (line !== null) setMore(Math.abs(line.scrollLeft) + line.clientWidth < line.scrollWidth - 1)
  }
  useEffect(() => {
    ref.current
      ?.querySelector('[aria-current], [aria-selected="true"]')
      ?.scrollIntoView({ inline: 'center', block: 'nearest' })
    look()
    const watch = new ResizeObserver(look)
    if (ref.current !== null) watch.observe(ref.current)
    return () => watch.disconnect()
  })
  return { ref, more, look }
}
