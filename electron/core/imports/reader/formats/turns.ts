// A conversation with an assistant as one item: who said what in turn. Neither of the two is a person of the library.
import type { NewAttachment, NewItem } from '../../../library/library.ts'
import { oneLine } from '../text/text.ts'

export interface Turn {
  readonly by: 'person' | 'assistant'
  readonly text: string
}

interface Conversation extends Pick<NewItem, 'same' | 'source' | 'when' | 'ends' | 'facts' | 'position'> {
  readonly name: string
  readonly turns: readonly Turn[]
  readonly attachments: readonly NewAttachment[]
}

const speaker = { person: 'You:', assistant: 'Assistant:' }

/** Undefined where nobody said anything. */
export function conversationItem({ name, turns, ...rest }: Conversation): NewItem | undefined {
  const said: { by: Turn['by']; text: string }[] = []
  for (const { by, text } of turns) {
    const last = said.at(-1)
    if (text.trim() === '') continue
    // What an assistant says in several pieces between its tools is one turn.
    if (last?.by === by) last.text += `\n\n${text.trim()}`
    else said.push({ by, text: text.trim() })
  }
  if (said.length === 0 && rest.attachments.length === 0) return undefined
  return {
    ...rest,
    type: 'conversation',
    title: oneLine(name, 200) || oneLine(said[0]?.text ?? '', 80),
    body: said.map(({ by, text }) => `${speaker[by]}\n\n${text}`).join('\n\n'),
    bodyIs: 'markdown',
  }
}
