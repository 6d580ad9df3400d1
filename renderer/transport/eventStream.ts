// Reads server-sent events from a fetched body. EventSource cannot send the tab's header, hence this small reader; it
// takes `data` lines only, since the host sends nothing else but comments that keep the line open.
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const blocks = `${rest}${value}`.replaceAll('\r\n', '\n').split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const data = block
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trimStart())
          .join('\n')
        if (data !== '') yield JSON.parse(data)
      }
    }
  } finally {
    // Lets go of the connection when the reader is abandoned half-way.
    await reader.cancel().catch(() => undefined)
  }
}
