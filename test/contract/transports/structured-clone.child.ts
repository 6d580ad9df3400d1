// The far side of the structured-clone transport: a core that answers questions until the other side lets go.
import type { App } from '../../../electron/core/app.ts'
import type { Reply } from '../../../shared/api/api.ts'
import { openCore } from './direct.ts'
import type { Answer, Question, Request } from './structured-clone.ts'

let app: App | undefined

process.on('message', (message) => {
  const { id, request } = message as Question
  void perform(request).then((reply) => {
    const answer: Answer = { id, reply }
    return process.send?.(answer)
  })
})

async function perform(request: Request): Promise<Reply | null> {
  if (request.do === 'open') app = await openCore(request.folders, 'desktop')
  if (request.do === 'close') await app?.close()
  return request.do === 'call' && app !== undefined ? app.dispatch(request.method, request.input) : null
}
