// PDFs made by hand (ISO 32000-1 §7.5): objects, a table of where they stand, and a trailer.
export interface PdfParts {
  readonly pages: readonly string[]
  readonly info?: string
  /** More of the catalog: what is to be run when the file is opened. */
  readonly catalog?: string
  readonly claimedPages?: number
  readonly trailer?: string
  readonly extra?: readonly string[]
  /** How the contents of the pages are packed: the dictionary's words for it. */
  readonly filter?: string
}

/** Words at a height, as a page's content draws them. */
export const words = (...lines: readonly (readonly [number, string])[]) =>
  `BT /F1 12 Tf ${lines.map(([y, text]) => `1 0 0 1 20 ${y} Tm (${text}) Tj`).join(' ')} ET`

export function makePdf({
  pages,
  info = '',
  catalog = '',
  claimedPages,
  trailer = '',
  extra = [],
  filter = '',
}: PdfParts): Uint8Array {
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ')
  const objects = [
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    `<</Type/Pages/Kids[${kids}]/Count ${claimedPages ?? pages.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...pages.flatMap((content, at) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents ${5 + at * 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
      `<</Length ${content.length}${filter}>>stream\n${content}\nendstream`,
    ]),
    `<<${info}>>`,
    ...extra,
  ]
  const infoAt = 4 + pages.length * 2
  let file = '%PDF-1.7\n'
  const places = objects.map((object, at) => {
    const place = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  const start = file.length
  file += `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`
  file += `trailer\n<</Size ${size}/Root 1 0 R/Info ${infoAt} 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.from(file, 'latin1'))
}
