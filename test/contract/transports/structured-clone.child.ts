// The far side of the structured-clone transport: a core that answers questions until the other side lets go.
import type { App } from '../../../electron/core/app.ts'
import type { Reply } from '../../../shared/api/api.ts'
import { openCore } from './direct.ts'
import { answerQuestions } from './far-side.ts'
import type { Request } from './structured-clone.ts'

let app: App | undefined

answerQuestions<Request, Reply | null>(async (request) => {
  if (request.do === 'open') app = await openCore(request.folders, 'desktop')
  if (request.do === 'close') await app?.close()
  return request.do === 'call' && app !== undefined ? app.dispatch(request.method, request.input) : null
})
