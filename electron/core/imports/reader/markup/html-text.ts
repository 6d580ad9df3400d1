// What stands in a page, laid out as text and handed on as it comes.

/** Of a line, before it is handed on. */
const longestLine = 256 * 1024

/** Text as a browser would show it: runs of space are one, blocks stand on lines of their own. */
export function createTextWriter(take: (text: string) => void) {
  let line = ''
  let pre = 0
  /** Empty lines owed before the next words. */
  let ends = 0
  let isFirst = true
  /** The beginning of the line at hand was handed on already. */
  let begun = false

  const give = (text: string) => {
    if (!begun && !isFirst) take('\n'.repeat(Math.max(1, ends)))
    take(text)
    isFirst = false
  }
  const flush = () => {
    const flat = pre > 0 ? line.trimEnd() : line.replaceAll(/ ?\t ?/g, '\t').trimEnd()
    const text = pre > 0 || begun ? flat : flat.trimStart()
    const wasBegun = begun
    line = ''
    if (text !== '') give(text)
    begun = false
    if (text === '' && !wasBegun) return false
    ends = 1
    return true
  }
  /** No line is held without end. */
  const spill = () => {
    const space = line.lastIndexOf(' ')
    const to = space > 0 ? space : line.length
    const start = line.slice(0, to)
    const text = pre > 0 || begun ? start : start.trimStart()
    line = line.slice(to)
    if (text === '') return
    give(text)
    begun = true
  }
  const add = (text: string) => {
    line += text
    if (line.length > longestLine) spill()
  }
  return {
    write(text: string) {
      if (pre > 0) {
        const [first = '', ...rest] = text.split(/\r?\n/)
        add(first)
        for (const next of rest) {
          if (!flush()) ends = Math.min(ends + 1, 3)
          add(next)
        }
        return
      }
      const flat = text.replaceAll(/[\s\0]+/g, text === '\t' ? '\t' : ' ')
      add(line.endsWith(' ') ? flat.replace(/^ /, '') : flat)
    },
    newLine() {
      if (!flush() && !isFirst) ends = Math.min(ends + 1, 2)
    },
    lineEnd(paragraph: boolean) {
      flush()
      if (paragraph) ends = 2
    },
    asWritten(on: boolean) {
      flush()
      pre = Math.max(0, pre + (on ? 1 : -1))
    },
    end() {
      flush()
    },
  }
}
