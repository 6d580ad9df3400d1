// Lines as iCalendar and vCard have them (RFC 5545 §3.1, RFC 6350 §3.2): folded at 75 octets, never within a character,
// and ended as mail ends its lines.

const mostOctets = 75

export function contentLines(lines: readonly string[]): string {
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const length = Buffer.byteLength(character)
    if (octets + length > mostOctets) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += character
    octets += length
  }
  return [...parts, part].join('\r\n')
}

/** A value of type TEXT. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n?|\n/g, '\\n')
    // What is left of what no line may hold.
    .replaceAll(/[\p{Cc}]/gu, '')

/** Between double quotes, as the value of a parameter. */
export const quoted = (text: string): string => `"${text.replaceAll(/["\p{Cc}]/gu, "'")}"`

export const utc = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
