// Tar archives made by hand (POSIX.1-2001, ustar): a header of 512 bytes, then the file in blocks of as many.
const block = 512
export const checksumAt = 148

export function tarOf(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content)
    const header = Buffer.alloc(block)
    header.write(name, 0, 100)
    header.write('0000644\0', 100)
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('00000000000\0', 136)
    header.write('0', 156)
    header.write('ustar\x0000', 257)
    return [checked(header), bytes, Buffer.alloc((block - (bytes.length % block)) % block)]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

/** With the sum that its other bytes come to. */
export function checked(header: Buffer): Buffer {
  header.fill(' ', checksumAt, checksumAt + 8)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, checksumAt)
  return header
}
