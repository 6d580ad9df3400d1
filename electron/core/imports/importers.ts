// Every format Mindkeep reads. The order breaks ties between importers that are equally sure.
import { bookmarks } from './formats/bookmarks.ts'
import { chromeBookmarks, chromeHistory } from './formats/chrome.ts'
import { firefox } from './formats/firefox.ts'
import { ics } from './formats/ics.ts'
import { vcard } from './formats/vcard.ts'
import type { Importer } from './importer.ts'

export const importers: readonly Importer[] = [firefox, chromeHistory, chromeBookmarks, bookmarks, ics, vcard]
