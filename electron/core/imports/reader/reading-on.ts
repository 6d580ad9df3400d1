// Whoever reads a file piece by piece is given the next one while they are still at the one before: the core, which has it,
// may be in the middle of keeping what was read. Whoever reads here and there is not.
import type { Source } from '../../random-access.ts'

interface Ahead {
  readonly from: number
  readonly length: number
  readonly bytes: Promise<Uint8Array>
}

export function readingOn(source: Source & { readonly pieceBytes: number }): Source {
  let end = -1
  let ahead: Ahead | undefined

  const readAhead = (from: number) => {
    const length = Math.min(source.pieceBytes, source.bytes - from)
    if (length <= 0) return
    ahead = { from, length, bytes: Promise.resolve(source.read(from, length)) }
    // Whoever comes so far hears of its failure.
    ahead.bytes.catch(() => {})
  }

  return {
    ...source,
    async read(from, length) {
      const [readsOn, waiting] = [from === end, ahead]
      ahead = undefined
      const isThis = waiting?.from === from && waiting.length === length
      const piece = await (isThis ? waiting.bytes : source.read(from, length))
      end = from + piece.length
      if (readsOn && piece.length === length) readAhead(end)
      return piece
    },
  }
}
