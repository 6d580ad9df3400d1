// Makes text safe to show at a terminal: what would move the cursor, change colours or turn the direction of writing is
// written out as \u001b and the like. It shortens nothing and hides nothing.
import type { ImportName } from '../../shared/api/imports.ts'

const unprintable = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu

const writtenOut = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Text of our own making, whose line breaks are meant. In JSON the escapes mean what they replace. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => (character === '\n' ? character : writtenOut(character)))

/** A name, a path, whatever came from elsewhere and must not begin a line of its own. */
export const oneLine = (text: string): string => text.replace(unprintable, writtenOut)

/** What an import is called. */
export const importText = ({ first, more }: ImportName): string =>
  more === 0 ? oneLine(first) : `${oneLine(first)} and ${more} more`
