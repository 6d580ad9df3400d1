// What a server sends event by event, as text/event-stream has it (HTML Standard, 9.2): of each event what it carries. A line
// that does not end is no event, whatever it would become.

const longestLine = 256 * 1024

/** Throws what `refuse` gives when it is not what it should be. */
export async function* eventsIn(body: AsyncIterable<Uint8Array>, refuse: () => Error): AsyncGenerator<string, void> {
  const decoder = new TextDecoder()
  let left = ''
  let data: string[] = []
  for await (const bytes of body) {
    const lines = (left + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    left = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '' && data.length > 0) {
        yield data.join('\n')
        data = []
      } else if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
    }
    const held = data.reduce((sum, { length }) => sum + length, left.length)
    if (held > longestLine) throw refuse()
  }
  if (data.length > 0) yield data.join('\n')
}
