// JSON that is cut or not yet believed: the beginning of a file, and a look into what was parsed.

/** How deep an element may be; what people write is rarely deeper than ten. */
export const deepest = 256

/**
 * What the beginning of a file says, as far as it goes: a value that is cut, or deeper than any, is closed where the last
 * whole part of it ends.
 * Undefined for what is no list and no object. For telling what a file is.
 */
export function startOfJson(text: string | null): unknown {
  const start = text?.trimStart() ?? ''
  if (!/^(?:\{\s*(?:["}]|$)|\[\s*(?:[[{"\]\d-]|true|false|null|$))/.test(start)) return undefined
  const closed = parsed(start)
  if (closed !== undefined) return closed
  let closers = ''
  let whole = { end: 0, closers: '' }
  let inString = false
  for (let at = 0; at < start.length; at += 1) {
    const sign = start[at]
    if (inString) {
      if (sign === '\\') at += 1
      else if (sign === '"') inString = false
      continue
    }
    if (sign === '"') inString = true
    else if (sign === '{' || sign === '[') {
      if (closers.length === deepest) break
      closers = (sign === '{' ? '}' : ']') + closers
      whole = { end: at + 1, closers }
    } else if (sign === '}' || sign === ']') {
      if (sign !== closers[0]) return undefined
      closers = closers.slice(1)
      whole = { end: at + 1, closers }
      if (closers === '') break
    } else if (sign === ',') whole = { end: at, closers }
  }
  return parsed(start.slice(0, whole.end) + whole.closers)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Undefined is the answer: no JSON value is undefined.
    return undefined
  }
}

/** For looking into what was parsed without believing it. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
