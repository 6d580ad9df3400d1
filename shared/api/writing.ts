// What writes: a model that lies on this computer, or one in another program on it. Which of them is chosen is a setting.
import { z } from 'zod'
import { method } from './method.ts'
import { modelId } from './models.ts'
import { remoteHost } from './network.ts'
import { nothing } from './values.ts'

/** Another program on this computer, whatever it is called; or a host of the outside, which the person has to have allowed. */
export const serverAddress = z
  .string()
  .refine(
    (text) =>
      isLocalServer(text) || (text.startsWith(outside) && remoteHost.safeParse(text.slice(outside.length)).success),
  )

const outside = 'https://'
export const isLocalServer = (text: string): boolean =>
  /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d{1,5}$/.test(text)
/** As that program calls it. */
const serverModel = z.string().regex(/^[^\p{Cc}]{1,200}$/u)

const writer = z.union([
  z.strictObject({ model: modelId }),
  z.strictObject({ model: serverModel, server: serverAddress }),
])
export type Writer = z.infer<typeof writer>

const between = ' @ '

/** As it stands in the settings and in the log, so that it can be read there; nothing where nobody writes. */
export const writerText = z.string().refine((text) => text === '' || writerOf(text) !== null)

export function writerOf(text: string): Writer | null {
  const at = text.lastIndexOf(between)
  const said = at === -1 ? { model: text } : { model: text.slice(0, at), server: text.slice(at + between.length) }
  return writer.safeParse(said).data ?? null
}

/** By the port that they were found at: what it is only the person knows. */
export const programs = ['ollama', 'llama.cpp', 'lm-studio'] as const

export const writingApi = {
  /** Looks where such programs usually are, and nowhere unless it is asked. */
  'writing.findServers': method({
    input: nothing,
    output: z.strictObject({
      servers: z
        .array(
          z.strictObject({ server: serverAddress, program: z.enum(programs), models: z.array(serverModel).readonly() }),
        )
        .readonly(),
    }),
  }),
  'writing.modelsAt': method({
    input: z.strictObject({ server: serverAddress }),
    output: z.strictObject({ models: z.array(serverModel).readonly() }),
  }),
  /** Has it write a little, of nobody's life, and tells how fast that was. */
  'writing.measure': method({
    input: writer,
    output: z.strictObject({
      tokens: z.int().positive(),
      /** Until its first word: it may have had to be loaded. */
      firstMs: z.number().nonnegative(),
      /** After that; unknown where there was but one word. */
      perSecond: z.number().positive().nullable(),
    }),
  }),
}
