// Draws Markdown, and nothing that could reach out or run: no HTML of the text's own, no picture from anywhere else, and a
// link asks before it opens. What may be drawn at all is a list of tags, not a list of what may not.
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import { VisuallyHidden } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { CheckMark } from '../../../ui/CheckMark.tsx'
import type { Item } from '../../../../shared/api/library.ts'
import { Icon } from '../../../ui/Icon.tsx'
import styles from './Markdown.module.css'
import { itemAddress, wikiLinks } from './wikiLinks.ts'
import { OutsideLink } from './OutsideLink.tsx'

const components: Components = {
  a: ({ href = '', children }) =>
    itemAddress.test(href) ? <a href={href}>{children}</a> : <OutsideLink href={href}>{children}</OutsideLink>,
  img: ({ alt }) => <Picture alt={alt ?? ''} />,
  // The item has the first two levels of headings for itself.
  h1: ({ children }) => <h3 dir="auto">{children}</h3>,
  h2: ({ children }) => <h4 dir="auto">{children}</h4>,
  h3: ({ children }) => <h5 dir="auto">{children}</h5>,
  h4: ({ children }) => <h6 dir="auto">{children}</h6>,
  h5: ({ children }) => <h6 dir="auto">{children}</h6>,
  h6: ({ children }) => <h6 dir="auto">{children}</h6>,
  p: ({ children }) => <p dir="auto">{children}</p>,
  li: ({ children }) => <li dir="auto">{children}</li>,
  input: ({ checked }) => <Task done={checked === true} />,
  table: ({ children }) => <WideTable>{children}</WideTable>,
}

interface MarkdownProps {
  readonly text: string
  readonly links: Item['links']
}

export function Markdown({ text, links }: MarkdownProps) {
  return (
    <div className={styles['markdown']}>
      <ReactMarkdown
        skipHtml
        remarkPlugins={[remarkGfm, [wikiLinks, links]]}
        rehypePlugins={[rehypeSanitize]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  )
}

function Picture({ alt }: { readonly alt: string }) {
  const { t } = useTranslation()
  return (
    <span className={styles['picture']}>
      <Icon name="picture" size="small" />
      {alt.trim() === '' ? t('library.pictureLeftOut') : t('library.pictureLeftOutNamed', { name: alt })}
    </span>
  )
}

function Task({ done }: { readonly done: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={styles['task']}>
      <CheckMark checked={done} />
      <VisuallyHidden>{done ? t('library.taskDone') : t('library.taskOpen')}</VisuallyHidden>
    </span>
  )
}

function WideTable({ children }: { readonly children?: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrows scroll it, for whoever has no pointer
    <section tabIndex={0} aria-label={t('library.table')} className={styles['wide']}>
      <table>{children}</table>
    </section>
  )
}
