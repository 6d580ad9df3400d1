// Files on their way in and out over the web host: the same guard as for every call, no matter how large they are, and what
// goes out is saved and never shown as a page of ours.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outgoingTicket, tooLarge } from './support/small-app.ts'
import { type Served, ask, change, goodDownload, goodUpload, replyIn, serve } from './support/served.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.close())

const upload = (name: string, body: string) => goodUpload(served.target, name, body)
const download = (ticket: string) => goodDownload(served.target, ticket)

describe('an upload', () => {
  it('arrives whole under its own name, beyond what any call may weigh', async () => {
    const body = 'x'.repeat(300_000)
    const answer = await ask(served.target.port, upload(encodeURIComponent('Über/Notiz 1.md'), body))
    expect([answer.status, replyIn(answer).value]).toEqual([200, { handle: 'ab'.repeat(16) }])
    expect(served.app.received.get('Über/Notiz 1.md')).toBe(body)
  })

  it('that the disk has no room for is answered in the middle of it', async () => {
    const answer = await ask(served.target.port, upload(tooLarge, 'x'.repeat(2_000_000)))
    expect([answer.status, replyIn(answer).error?.code]).toEqual([507, 'DISK_FULL'])
    expect(served.app.received.has(tooLarge)).toBe(false)
  })
})

describe('a download', () => {
  it('is saved under its name, runs nothing, and is there once', async () => {
    // A piece of it is not to be had: a ticket is for the whole, once.
    const answer = await ask(served.target.port, change(download(outgoingTicket), { Range: 'bytes=0-3' }))
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<script>')
    expect([answer.headers.has('content-range'), answer.headers.has('accept-ranges')]).toEqual([false, false])
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="_ber _alles_.html"; filename*=UTF-8''%C3%BCber%20%22alles%22.html`,
    )
    expect((await ask(served.target.port, download(outgoingTicket))).status).toBe(404)
  })
})
