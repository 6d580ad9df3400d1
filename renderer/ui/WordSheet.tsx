// Numbered words to keep on paper: shown on screen, printed alone on a page, or saved as a text file. It holds them for
// as long as it is shown and hands them to nobody but the printer and the file the person asks for.
import { type ReactNode, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { useFormat } from './format.tsx'
import styles from './WordSheet.module.css'

interface WordSheetProps {
  readonly words: readonly string[]
  /** What the words belong to, for the head of the page. */
  readonly name: string
  /** Saves the text where the person chooses. */
  readonly onSave: (fileName: string, text: string) => void
  readonly saving: boolean
  readonly saved: 'saved' | 'handed' | null
  /** Why it was not saved. */
  readonly problem: ReactNode
}

export function WordSheet({ words, name, onSave, saving, saved, problem }: WordSheetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [madeAt] = useState(() => new Date().toISOString())
  const head = [t('words.kitVault', { name }), t('words.kitDate', { date: format.date(madeAt) })]
  const text = [
    t('words.kitTitle'),
    '',
    ...head,
    '',
    t('words.kitUse'),
    t('words.kitHow'),
    '',
    ...words.map((word, index) => `${String(index + 1).padStart(2)}. ${word}`),
    '',
  ].join('\n')
  return (
    <div className={styles['sheet']}>
      <ol className={styles['grid']} aria-label={t('words.title')}>
        {words.map((word, index) => (
          <li key={`${index}-${word}`} className={styles['word']}>
            <span className={styles['number']}>{index + 1}</span>
            <span className={styles['text']}>{word}</span>
          </li>
        ))}
      </ol>
      <div className={styles['buttons']}>
        <Button icon="print" onPress={() => window.print()}>
          {t('words.print')}
        </Button>
        <Button
          icon={saved === null ? 'save' : 'check'}
          busy={saving}
          onPress={() => onSave(t('words.fileName'), text)}
        >
          {t(saved === null ? 'words.save' : `words.${saved}`)}
        </Button>
      </div>
      {problem}
      {createPortal(
        <section className={styles['paper']} aria-hidden="true">
          <h1>{t('words.kitTitle')}</h1>
          {head.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <ol>
            {words.map((word, index) => (
              <li key={`${index}-${word}`}>
                {index + 1}. {word}
              </li>
            ))}
          </ol>
          <p>{t('words.kitUse')}</p>
          <p>{t('words.kitHow')}</p>
        </section>,
        document.body,
      )}
    </div>
  )
}
