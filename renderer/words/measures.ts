// What a watch or a telephone measured, in the person's words: what it is called and its figure. The vault keeps both as
// the importer wrote them, in one language, and a list has no more of an item than that.
import { useTranslation } from 'react-i18next'
import type { ItemType } from '../../shared/api/items.ts'
import { useFormat } from '../ui/format.tsx'

const kinds = { Steps: 'steps', Sleep: 'sleep', 'Resting heart rate': 'pulse' } as const

interface Measured {
  readonly type: ItemType
  readonly title: string
}

/** Null for what is no measure that has words. */
export function useMeasure(): (
  item: Measured,
  text: string,
) => { readonly title: string; readonly text: string } | null {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ type, title }, text) => {
    if (type !== 'observation' || !(title in kinds)) return null
    const kind = kinds[title as keyof typeof kinds]
    const figure = Number(/^\d+(?:\.\d+)?(?= |$)/.exec(text)?.[0] ?? Number.NaN)
    const said = {
      steps: () => format.number(figure),
      sleep: () => format.duration(figure * 60),
      pulse: () => t('library.measure.beats', { number: format.number(figure) }),
    }
    return { title: t(`library.measure.${kind}`), text: Number.isNaN(figure) ? text : said[kind]() }
  }
}
