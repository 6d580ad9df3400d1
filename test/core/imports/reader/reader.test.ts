// The process that reads: cut off from the network, and given up where it hangs, fills its memory or falls over. That costs
// the file it was at, and nothing else.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { quiet, readingProcesses } from '../reading-processes.ts'

describe('a reader', () => {
  it.each([
    ['hang', 'too-slow'],
    ['wait', 'too-slow'],
    ['fill', 'out-of-memory'],
    ['map', 'out-of-memory'],
    ['allocate', 'out-of-memory'],
    ['touch', 'out-of-memory'],
    ['leave', 'reader-failed'],
    ['throw', 'reader-failed'],
    ['recurse', 'too-deep'],
  ])('that is brought to %s says why of that file, and everything else arrives', async (act, why) => {
    const { read } = readingProcesses({ quietMs: why === 'out-of-memory' ? 60_000 : quiet })
    const found = await read({
      '1.txt': 'hostile: behave one',
      '2.txt': `hostile: ${act}`,
      '3.txt': 'hostile: behave two',
    })
    expect(found.titles).toEqual(expect.arrayContaining(['after one', 'after two']))
    expect(found.titles.filter((title) => title === 'after one')).toHaveLength(1)
    expect(found.problems).toEqual({ 'in/2.txt': expect.objectContaining({ why }) })
    expect(Object.values(found.files).map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
    expect(JSON.stringify(found.problems)).not.toContain('secret words')
  })

  it('keeps what a file gave before it brought the reader down', async () => {
    const { read } = readingProcesses()
    const found = await read({ '1.txt': 'hostile: throw' })
    expect(found.titles).toEqual(['before throw'])
    expect(found.files['in/1.txt']).toMatchObject({ state: 'failed', added: 1, failed: 1 })
  })

  it('has no way to the network and starts nothing', async () => {
    const reached: string[] = []
    const server = createServer((socket) => {
      reached.push('tcp')
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const udp = createSocket('udp4').on('message', () => reached.push('udp'))
    udp.bind(port, '127.0.0.1')
    onTestFinished(() => {
      server.close()
      udp.close()
    })
    const { read } = readingProcesses()
    const { titles } = await read({ '1.txt': `hostile: call ${port}` })
    const [, ...ways] = titles
    expect(ways.length).toBe(20)
    expect(ways.filter((way) => !way.endsWith(': Offline'))).toEqual([])
    expect(reached).toEqual([])
  })

  it('is where the suite can fail: outside of it, the same ways lead out', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    const reached = once(server, 'connection')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).catch(() => undefined)
    expect(await reached).toHaveLength(1)
  })
})
