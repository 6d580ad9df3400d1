// What the core and the process of the models say to each other. The process is believed nothing: it has read files that
// may come from anywhere.
import { z } from 'zod'

/** A model as it lies on the disk. */
export interface ModelFolder {
  readonly folder: string
}

/** One thing to be understood. */
export interface Text {
  readonly title: string
  readonly body: string
  /** Keys of the passages that are known: they are told of, and not embedded again. */
  readonly known: readonly string[]
}

export type Question =
  | { readonly ask: 'describe'; readonly model: ModelFolder }
  | { readonly ask: 'understand'; readonly model: ModelFolder; readonly texts: readonly Text[] }
  | { readonly ask: 'embed'; readonly model: ModelFolder; readonly text: string }

const widest = 4096
const bytes = (atMost: number) =>
  z.custom<Uint8Array>((said) => said instanceof Uint8Array && said.length > 0 && said.length <= atMost)
const vector = bytes(widest)
const code = bytes(widest / 8)

export const passage = z.strictObject({
  /** Of the text that is embedded, as hex. */
  key: z.string().regex(/^[0-9a-f]{32}$/u),
  starts: z.int().nonnegative(),
  ends: z.int().nonnegative(),
  /** Null where the key was known. Signed bytes, and the signs of the numbers. */
  meaning: z.strictObject({ vector, code }).nullable(),
})
export type UnderstoodPassage = z.infer<typeof passage>

/** Some passages of one of the texts, in order. */
export const part = z.strictObject({ text: z.int().nonnegative(), passages: z.array(passage).max(256) })
export type UnderstoodPart = z.infer<typeof part>

export const description = z.strictObject({
  /** Of its files. */
  stamp: z.string().regex(/^[0-9a-f]{64}$/u),
  width: z.int().positive().max(widest),
  /** What of a score is the meaning's, from nothing to one; the rest is the words'. */
  alpha: z.number().min(0).max(1),
  /** The cosine that the nearest of so many passages has to reach: among more of them, one is near by chance. */
  floors: z
    .array(z.tuple([z.int().positive(), z.number().min(-1).max(1)]))
    .min(1)
    .max(20),
})
export type Description = z.infer<typeof description>

export const embedded = z.strictObject({
  /** Null for a text that holds nothing the model knows. */
  meaning: z.strictObject({ vector: z.array(z.number()).max(widest), code }).nullable(),
  /** The model knows the language. */
  known: z.boolean(),
})
export type Embedded = z.infer<typeof embedded>

export const answer = z.union([
  z.strictObject({ described: description }),
  /** By text: whether the model knows its language. */
  z.strictObject({ understood: z.array(z.boolean()) }),
  z.strictObject({ embedded }),
])
export type Answer = z.infer<typeof answer>
