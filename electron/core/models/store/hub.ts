// The hub, as far as it is spoken to: what it says of one revision of a model, and its files. It is asked for nothing but a
// revision that is named in full, so that what it answers cannot change.
import { z } from 'zod'
import { AppError } from '../../../../shared/errors.ts'
import type { Answer, Network } from '../../network/network.ts'
import type { CatalogueEntry } from './catalogue.ts'

const address = 'https://huggingface.co'
const longestList = 4 * 1024 * 1024

/** What a file has to be when it has come. Small ones the hub knows by the hash that git gives them. */
export interface Wanted {
  readonly path: string
  readonly bytes: number
  readonly sha256: string | null
  readonly gitHash: string | null
}

const sibling = z.object({
  rfilename: z.string(),
  size: z.int().nonnegative().optional(),
  blobId: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
  lfs: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().nonnegative() }).optional(),
})
const revision = z.object({ sha: z.string(), siblings: z.array(sibling) })

type Origin = CatalogueEntry['origin']

export interface Hub {
  /** All that a model is made of, each with what it can be known by. The hub is asked only for what is not on record. */
  readonly wanted: (entry: CatalogueEntry, signal: AbortSignal) => Promise<readonly Wanted[]>
  /** A file from some byte on, if it is still the one that was begun. */
  readonly file: (
    origin: Origin,
    file: Wanted,
    part: { readonly from: number; readonly etag: string | null; readonly signal: AbortSignal },
  ) => Promise<Answer>
}

export function createHub({ network }: { readonly network: Pick<Network, 'ask'> }): Hub {
  const ask = (url: string, most: number, signal: AbortSignal, headers: Readonly<Record<string, string>> = {}) =>
    network.ask({ reason: 'model-download', url, most, signal, headers })

  const listOf = async ({ repository, revision: sha }: Origin, signal: AbortSignal) => {
    const answer = await ask(`${address}/api/models/${repository}/revision/${sha}?blobs=true`, longestList, signal)
    if (answer.status !== 200) throw refusalOf(answer)
    const pieces: Uint8Array[] = []
    for await (const piece of answer.body) pieces.push(piece)
    const said = revision.safeParse(parsed(Buffer.concat(pieces)))
    if (!said.success || said.data.sha !== sha) throw new AppError('HUB_NOT_UNDERSTOOD')
    return new Map(said.data.siblings.map((one) => [one.rfilename, one]))
  }

  return {
    async wanted({ origin, files }, signal) {
      const isAsked = files.some(({ bytes, sha256 }) => bytes === null || sha256 === null)
      const listed = isAsked ? await listOf(origin, signal) : new Map<string, z.infer<typeof sibling>>()
      return files.map(({ path, bytes, sha256 }) => {
        if (bytes !== null && sha256 !== null) return { path, bytes, sha256, gitHash: null }
        const said = listed.get(path)
        if (said === undefined) throw new AppError('MODEL_GONE')
        const size = said.lfs?.size ?? said.size
        const hash = said.lfs?.sha256 ?? null
        const gitHash = said.lfs === undefined ? (said.blobId ?? null) : null
        // What is on record stands: a hub that says otherwise does not have the model that was recorded.
        const differs = (sha256 !== null && hash !== null && sha256 !== hash) || (bytes !== null && bytes !== size)
        if (differs) throw new AppError('MODEL_NOT_AS_RECORDED', { file: path })
        if (size === undefined || (sha256 ?? hash ?? gitHash) === null) throw new AppError('HUB_NOT_UNDERSTOOD')
        return { path, bytes: size, sha256: sha256 ?? hash, gitHash }
      })
    },

    async file({ repository, revision: sha }, { path, bytes }, { from, etag, signal }) {
      const range = from === 0 ? {} : { range: `bytes=${from}-`, ...(etag === null ? {} : { 'if-range': etag }) }
      const answer = await ask(`${address}/${repository}/resolve/${sha}/${path}`, bytes, signal, range)
      if (![200, 206, 416].includes(answer.status)) throw refusalOf(answer)
      return answer
    },
  }
}

/** Whatever came with it is not read: it would be a page for people. */
function refusalOf({ status, headers, close }: Answer): AppError {
  close()
  if (status === 404 || status === 410) return new AppError('MODEL_GONE')
  if (status === 401 || status === 403) return new AppError('MODEL_NOT_PUBLIC')
  if (status !== 429) return new AppError('HUB_FAILING', { status })
  const seconds = Number(headers['retry-after'])
  return new AppError('HUB_BUSY', Number.isInteger(seconds) && seconds >= 0 ? { seconds } : {})
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // No JSON: what stands in place of an answer is not one.
    return undefined
  }
}
