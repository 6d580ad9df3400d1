// Names that others gave, as names of files on any system: no part of a path, no sign that a system keeps for itself, none
// that turns the direction of the text around it (a program could pass for a picture).

/** Of Windows, whatever follows them. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
const mostCharacters = 80
/** A system counts 255 of them, and the name is not alone. */
const mostBytes = 180

export function safeName(name: string, fallback: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"/\\|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
  const cut = shortened(plain).replace(/[. ]+$/, '')
  if (cut === '' || /^_+$/.test(cut)) return fallback
  return reserved.test(cut) ? `_${cut}` : cut
}

/** Its ending is what tells a system how to open it, and stays. */
function shortened(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= mostCharacters && Buffer.byteLength(name) <= mostBytes) return name
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ''
  let kept = ''
  for (const character of characters.slice(0, mostCharacters - ending.length)) {
    if (Buffer.byteLength(kept + character) > mostBytes - ending.length) break
    kept += character
  }
  return kept + ending
}
