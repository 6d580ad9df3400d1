// What both hosts say of the page's files: the headers that go with every answer, and the type of each kind of file. It
// reads no file and knows no address; a kind of file that is not listed here is not served by anybody.

/** Nothing may be loaded, sent to or framed except by this page itself, and no string ever becomes code. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** There are no CORS headers on purpose: no other origin may read anything. */
export const pageHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const

/** By extension. What else lies in a build folder (source maps, notes) has no type; fonts the policy would not let in. */
export const pageTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
}

/** What a person calls a file that they hand in. A header holds ASCII alone, hence the percent signs. */
export function nameInHeader(name: string | undefined): string | null {
  if (name === undefined || !/^[\x21-\x7e]{1,4096}$/.test(name)) return null
  try {
    return decodeURIComponent(name)
  } catch {
    // Percent signs that spell nothing: refused like any other header in no form we know.
    return null
  }
}

/** Milliseconds since 1970, up to the year 5138: some disks say later ones, which no host takes. */
export const isChangeTime = (changed: string): boolean => /^\d{1,14}$/.test(changed)

/** When a file that is handed in was last changed. Undefined where nobody says, null where it is no such time. */
export function changedInHeader(changed: string | undefined): number | undefined | null {
  if (changed === undefined) return undefined
  return isChangeTime(changed) ? Number(changed) : null
}

/** Raster pictures, which hold nothing that could run. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])

/** For a file of a person's that is handed out: it is saved, or placed as a picture, and is never a page. */
export function downloadHeaders({ name, media }: { readonly name: string; readonly media: string }) {
  const file = name.split(/[\\/]/).at(-1) ?? ''
  const plain = file.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_') || 'file'
  return {
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Content-Type': pictures.has(media) ? media : 'application/octet-stream',
    // RFC 6266 §5: the plain form for programs that know no other.
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded(file || 'file')}`,
  } as const
}

/** RFC 8187 §3.2.1: what encodeURIComponent leaves alone and the grammar does not. */
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
