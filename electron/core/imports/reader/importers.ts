// Every format Mindkeep reads. The order breaks ties between importers that are equally sure.
import { bookmarks } from './formats/bookmarks.ts'
import { chromeBookmarks, chromeHistory } from './formats/chrome.ts'
import { firefox } from './formats/firefox.ts'
import { dailyMeasures } from './formats/daily-measures.ts'
import { eml } from './formats/eml.ts'
import { ics } from './formats/ics.ts'
import { mbox } from './formats/mbox.ts'
import { vcard } from './formats/vcard.ts'
import { signal } from './formats/signal.ts'
import { signalExport } from './formats/signal-export.ts'
import { instagram } from './formats/instagram.ts'
import { instagramPage } from './formats/instagram-page.ts'
import { claude } from './formats/claude.ts'
import { chatgpt } from './formats/chatgpt.ts'
import { whatsapp } from './formats/whatsapp.ts'
import { telegram } from './formats/telegram.ts'
import { gpx } from './formats/gpx.ts'
import { feed } from './formats/feed.ts'
import { opml } from './formats/opml.ts'
import { ofx } from './formats/ofx.ts'
import { camt } from './formats/camt.ts'
import { mt940 } from './formats/mt940.ts'
import { qif } from './formats/qif.ts'
import { photo } from './formats/photo.ts'
import { photoSidecar } from './formats/photo-sidecar.ts'
import { takeoutRecords, takeoutSemantic } from './formats/takeout-location.ts'
import { takeoutTimeline } from './formats/takeout-timeline.ts'
import { takeoutKeep, takeoutKeepPage } from './formats/takeout-keep.ts'
import { takeoutActivity, takeoutActivityPage } from './formats/takeout-activity.ts'
import { docx } from './formats/docx.ts'
import { pdf } from './formats/pdf.ts'
import { htmlPage } from './formats/html-page.ts'
import { markdown } from './formats/markdown.ts'
import { jsonRecords } from './formats/json-records.ts'
import { table } from './formats/table.ts'
import { plainText } from './formats/plain-text.ts'
import { bankCsv } from './formats/bank-csv.ts'
import { takeoutChrome } from './formats/takeout-chrome.ts'
import { firefoxBackup } from './formats/firefox-backup.ts'
import { mindkeepExport } from './formats/mindkeep-export.ts'
import type { Importer } from './importer.ts'

export const importers: readonly Importer[] = [
  mindkeepExport,
  firefox,
  chromeHistory,
  chromeBookmarks,
  bookmarks,
  ics,
  vcard,
  gpx,
  feed,
  opml,
  ofx,
  qif,
  camt,
  mt940,
  mbox,
  eml,
  telegram,
  whatsapp,
  signal,
  signalExport,
  instagram,
  instagramPage,
  chatgpt,
  claude,
  photo,
  photoSidecar,
  takeoutRecords,
  takeoutSemantic,
  takeoutTimeline,
  takeoutKeep,
  takeoutKeepPage,
  takeoutActivity,
  takeoutActivityPage,
  docx,
  pdf,
  htmlPage,
  // What these take, nobody else wanted; the plainest last.
  markdown,
  jsonRecords,
  table,
  plainText,
  bankCsv,
  dailyMeasures,
  takeoutChrome,
  firefoxBackup,
]
