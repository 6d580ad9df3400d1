// What a file is called, from whoever handed it over. It is shown and compared, and never leads anywhere: no part of it is
// empty, `.` or `..`, and nothing in it ends a line or turns the direction of the text around it.

const mostParts = 64
const longestPart = 255

export function labelOf(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '')
    .toWellFormed()
    .split('/')
    .map((part) => part.trim().slice(0, longestPart))
    .filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.slice(-mostParts).join('/') || 'unnamed'
}
