// The side of the process: cuts texts into passages, and embeds them and what is looked for. It keeps nothing, opens no
// connection and starts nothing; whatever a model's file does to it, the core goes on.
import { createHash } from 'node:crypto'
import type { Told } from '../../answering.ts'
import { cutOff } from '../../offline.ts'
import { serveProcess } from '../../processes.ts'
import { type Embedder, loadEmbedder } from './embedder.ts'
import { passagesOf } from './passages.ts'
import type { Answer, Question, Text, UnderstoodPart, UnderstoodPassage } from './protocol.ts'
import { toBytes, toCode, unit } from './vectors.ts'

const passagesAtOnce = 32
/** Of a text, to know its language. */
const looksAt = 2000
/** Of fewer words, most may be names, which are in none. */
const fewWords = 16

export function serveModels(): void {
  let loaded: ReturnType<typeof loadEmbedder> | undefined
  serveProcess<Question, Answer, UnderstoodPart, never>(async (question, told) => {
    // One process, one model: for another the core starts another.
    loaded ??= load(question.model.folder)
    const { embedder, stamp } = await loaded.catch((error: unknown) => {
      // Its files may be whole by the next time.
      loaded = undefined
      throw error
    })
    if (question.ask === 'describe') {
      const { width, alpha, floors } = embedder
      return { described: { stamp, width, alpha, floors: floors.map(([passages, cosine]) => [passages, cosine]) } }
    }
    if (question.ask === 'embed') {
      const [vector] = await embedder.embed([question.text])
      const meaning = vector === undefined ? null : unit(vector)
      const code = meaning === null ? null : toCode(meaning, embedder.centre)
      return {
        embedded: {
          meaning: meaning === null || code === null ? null : { vector: Array.from(meaning), code },
          known: embedder.knowsWords(question.text),
        },
      }
    }
    const understood: boolean[] = []
    for (const [number, text] of question.texts.entries()) {
      const known = isInALanguageOf(embedder, `${text.title} ${text.body.slice(0, looksAt)}`)
      understood.push(known)
      if (known) await understand(embedder, text, number, told)
    }
    return { understood }
  })
}

const isInALanguageOf = (embedder: Embedder, text: string): boolean =>
  (text.match(/\p{L}+/gu) ?? []).length < fewWords || embedder.knows(text)

async function load(folder: string): ReturnType<typeof loadEmbedder> {
  const loaded = await loadEmbedder(folder)
  cutOff()
  return loaded
}

async function understand(embedder: Embedder, text: Text, number: number, told: Told<UnderstoodPart>): Promise<void> {
  const known = new Set(text.known)
  const seen = new Set<string>()
  let waiting: { readonly key: string; readonly starts: number; readonly ends: number; readonly says: string }[] = []
  const hand = async () => {
    const fresh = waiting.filter(({ key }) => !known.has(key))
    const vectors = await embedder.embed(fresh.map(({ says }) => says))
    const meanings = new Map(fresh.map(({ key }, at) => [key, kept(embedder, vectors[at])]))
    const passages: UnderstoodPassage[] = waiting.flatMap(({ key, starts, ends }) => {
      const meaning = meanings.get(key) ?? null
      // What holds nothing that the model knows has no place among the others.
      return meaning === null && !known.has(key) ? [] : [{ key, starts, ends, meaning }]
    })
    waiting = []
    await told.part({ text: number, passages })
  }
  for (const { starts, ends, under } of passagesOf(text.body)) {
    // The title and the headings say what it is about; they are never part of what is shown.
    const says = [text.title, ...under, text.body.slice(starts, ends)].join('\n')
    await add(says, starts, ends)
  }
  if (seen.size === 0 && text.title !== '') await add(text.title, 0, 0)
  if (waiting.length > 0) await hand()

  async function add(says: string, starts: number, ends: number): Promise<void> {
    const key = createHash('sha256').update(says).digest('hex').slice(0, 32)
    if (seen.has(key)) return
    seen.add(key)
    waiting.push({ key, starts, ends, says })
    if (waiting.length === passagesAtOnce) await hand()
  }
}

function kept(embedder: Embedder, vector: Float32Array | undefined): UnderstoodPassage['meaning'] {
  const one = vector === undefined ? null : unit(vector)
  return one === null ? null : { vector: toBytes(one), code: toCode(one, embedder.centre) }
}
