// Reads a passphrase or recovery words from a file or standard input. It takes exactly one line ending off the end, so
// that a passphrase may end in a space or even in an empty line, and refuses what is not text or far too long.
import { createReadStream } from 'node:fs'
import { UsageError } from './usage-error.ts'

/** Two passphrases of the longest kind, four bytes a letter, with room to spare. */
const mostBytes = 16_384

interface SecretSource {
  /** A path, or `-`. */
  readonly file: string
  readonly stdin: NodeJS.ReadableStream
  /** How the option is called, for the sentence that says what is wrong. */
  readonly option: string
}

export async function readSecretFile({ file, stdin, option }: SecretSource): Promise<string> {
  const stream: AsyncIterable<Buffer | string> = file === '-' ? stdin : createReadStream(file)
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream) {
      const part = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      bytes += part.length
      if (bytes > mostBytes) throw new UsageError(`The file given with ${option} is too long to be what it should be.`)
      chunks.push(part)
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
    return text.replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof TypeError) throw new UsageError(`The file given with ${option} is not UTF-8 text.`)
    throw new UsageError(`The file given with ${option} cannot be read.`)
  } finally {
    for (const chunk of chunks) chunk.fill(0)
  }
}

/** The first line, and all that follows it: a current passphrase and the next one. */
export function splitLines(text: string): { readonly first: string; readonly rest: string | undefined } {
  const end = /\r?\n/.exec(text)
  if (end === null) return { first: text, rest: undefined }
  return { first: text.slice(0, end.index), rest: text.slice(end.index + end[0].length) }
}
