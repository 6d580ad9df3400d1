// Finds secrets in bytes in whatever form they were written: as they are, as UTF-16, as hexadecimal, as base64 at any
// alignment. It knows no format, so it cannot be fooled by one.
export interface Needle {
  readonly name: string
  readonly secret: Buffer | string
}

interface Form {
  readonly name: string
  readonly bytes: Buffer
}

export function formsOf({ name, secret }: Needle): readonly Form[] {
  const bytes = Buffer.from(secret as string)
  const texts =
    typeof secret === 'string' ? [Buffer.from(secret, 'utf16le'), Buffer.from(secret, 'utf16le').swap16()] : []
  const hex = bytes.toString('hex')
  const encoded = [hex, hex.toUpperCase(), ...base64Of(bytes)].map((text) => Buffer.from(text))
  return [bytes, ...texts, ...encoded].map((form) => ({ name, bytes: form }))
}

/** What of the base64 of anything around these bytes is theirs alone, for each of the three alignments. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/u, '')
    const own = text.slice(Math.ceil((shift * 8) / 6), -1)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** Names of the needles that are in the hay. */
export function found(hay: Buffer, forms: readonly Form[]): string[] {
  return [...new Set(forms.filter(({ bytes }) => hay.includes(bytes)).map(({ name }) => name))]
}
