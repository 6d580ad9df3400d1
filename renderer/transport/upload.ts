// Hands a file to the host. XMLHttpRequest, because `fetch` says nothing of how much of a body has gone out.
import type { Reply } from '../../shared/api/api.ts'
import { isChangeTime } from '../../shared/page-files.ts'
import { asReply, failure } from './replies.ts'

export interface UploadHow {
  readonly signal: AbortSignal
  /** Bytes that have gone out so far. */
  readonly onProgress: (sent: number) => void
}

/** Never rejects. Called off, it answers CANCELLED. */
export type Upload = (file: Blob, name: string, how: UploadHow) => Promise<Reply>

/** What goes with every file. A header holds ASCII alone, hence the percent signs. */
export function headersOf(file: Blob, name: string): Readonly<Record<string, string>> {
  const changed = file instanceof File ? String(file.lastModified) : ''
  return {
    'content-type': 'application/octet-stream',
    'x-mindkeep-name': encodeURIComponent(name.toWellFormed()),
    ...(isChangeTime(changed) && { 'x-mindkeep-changed': changed }),
  }
}

interface UploadParts {
  readonly origin: string
  readonly headers: Readonly<Record<string, string>>
}

export function createUpload({ origin, headers }: UploadParts): Upload {
  return (file, name, { signal, onProgress }) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest()
      const stop = () => request.abort()
      const end = (reply: Reply) => {
        signal.removeEventListener('abort', stop)
        resolve(reply)
      }
      if (signal.aborted) return end(failure('CANCELLED'))
      signal.addEventListener('abort', stop)
      request.open('POST', `${origin}/api/upload`)
      request.responseType = 'json'
      const all = { ...headers, ...headersOf(file, name) }
      for (const [header, value] of Object.entries(all)) request.setRequestHeader(header, value)
      request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
      request.addEventListener('load', () => end(asReply(request.response)))
      request.addEventListener('abort', () => end(failure('CANCELLED')))
      request.addEventListener('error', () => void whyNot(file).then(end))
      request.send(file)
    })
}

/** A browser says the same of a file that is gone and of a host that is: so look whether the file can still be read. */
export async function whyNot(file: Blob): Promise<Reply> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return failure('UNREACHABLE')
  } catch {
    return failure('NO_SUCH_FILE')
  }
}
