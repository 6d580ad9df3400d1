// The labels of files that came together. They lead nowhere on this computer: a label that would climb out of what came is
// no label, and is never found.
import type { Entry } from '../importer.ts'
import { oneLine } from '../text/text.ts'

/** What the person called the file. */
export const titleFromFile = ({ called }: Pick<Entry, 'called'>): string =>
  oneLine(nameOf(called).replace(/\.[^.]{1,8}$/, ''), 200)

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** Where a relative address in a file leads, among the labels; undefined where it leaves them, or leads into the world. */
export function relative(from: string, address: string): string | undefined {
  if (/^[a-z][\w+.-]*:|^[\\/]/i.test(address)) return undefined
  const parts = folderOf(from).split('/').filter(Boolean)
  for (const part of decodedAddress(address).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function decodedAddress(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    // A percent sign that begins nothing is one.
    return address
  }
}

/** By its ending; what only names a program that would run is told as bytes. */
const media = new Map(
  Object.entries({
    avif: 'image/avif',
    bmp: 'image/bmp',
    gif: 'image/gif',
    heic: 'image/heic',
    jpeg: 'image/jpeg',
    jpg: 'image/jpeg',
    png: 'image/png',
    tif: 'image/tiff',
    tiff: 'image/tiff',
    webp: 'image/webp',
    aac: 'audio/aac',
    flac: 'audio/flac',
    m4a: 'audio/mp4',
    mp3: 'audio/mpeg',
    ogg: 'audio/ogg',
    opus: 'audio/ogg',
    wav: 'audio/wav',
    mov: 'video/quicktime',
    mp4: 'video/mp4',
    webm: 'video/webm',
    pdf: 'application/pdf',
    csv: 'text/csv',
    txt: 'text/plain',
    zip: 'application/zip',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  }),
)

export const mediaOf = (path: string): string =>
  media.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? 'application/octet-stream'
