// The smallest file of each format that comes from a browser, a bank, a camera, a phone, a feed reader or Google Takeout,
// by the format it is: for telling that each is known for what it is, and for nothing else.
import Database from 'better-sqlite3-multiple-ciphers'
import { exifBlock, heic, jpeg, png, webp } from './pictures.ts'

function database(schema: string): Buffer {
  const made = new Database(':memory:')
  made.exec(schema)
  const file = made.serialize()
  made.close()
  return file
}

const block = exifBlock({}, {}, {})
const json = (value: unknown) => JSON.stringify(value, null, 1)
const time = '2024-03-15T10:00:00Z'

const exportStart = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(22), Buffer.from([8, 0, 0, 0])])

export const starts: readonly (readonly [format: string, file: string | Uint8Array])[] = [
  ['mindkeep-export', Buffer.concat([exportStart, Buffer.from('mimetypeapplication/vnd.mindkeep.export+zip')])],
  ['mindkeep-export', 'mindkeep/locked-export/v1\n{}\n'],
  [
    'bookmarks',
    '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>x</H1>\n<DL><p>\n<DT><A HREF="https://example.org">x</A>\n</DL>',
  ],
  ['bookmarks', '<DL><p>\n<DT><H3>Folder</H3>\n<DL><p>\n<DT><A HREF="https://example.org">x</A>\n</DL></DL>'],
  ['firefox', database('CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)')],
  [
    'chrome-history',
    database('CREATE TABLE urls (id INTEGER, url TEXT, last_visit_time INTEGER); CREATE TABLE visits (id INTEGER)'),
  ],
  ['chrome-bookmarks', json({ checksum: 'x', roots: { bookmark_bar: { children: [] } }, version: 1 })],
  ['firefox-backup', json({ guid: 'root________', type: 'text/x-moz-place-container', children: [] })],
  ['takeout-chrome', json({ 'Browser History': [{ title: 'x', url: 'https://example.org', time_usec: 1 }] })],
  ['bank-csv', 'Buchungstag;Verwendungszweck;Betrag;Währung\n01.02.2024;Brot;-1,00;EUR\n02.02.2024;Brot;-1,00;EUR\n'],
  ['bank-csv', 'Date,Description,Debit,Credit,Balance\n2024-01-02,x,1.00,,2.00\n2024-01-03,x,1.00,,1.00\n'],
  ['ofx', 'OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><SIGNONMSGSRSV1></OFX>'],
  ['ofx', '<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n<OFX></OFX>'],
  ['qif', '!Type:Bank\nD01/02/2024\nT-1.00\nPx\n^\n'],
  [
    'camt',
    '<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt/></Document>',
  ],
  ['camt', '<n:Document xmlns:n="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"></n:Document>'],
  ['mt940', ':20:STARTUMS\r\n:25:10020030/1234\r\n:28C:1/1\r\n:60F:C240101EUR0,\r\n:62F:C240101EUR0,\r\n-\r\n'],
  [
    'mt940',
    '{1:F01X}{2:I940X}{4:\n:20:1\n:25:NL02ABNA0123456789\n:28C:1\n:60F:C240101EUR0,00\n:62F:C240101EUR0,00\n-}',
  ],
  ['gpx', '<?xml version="1.0"?>\n<gpx version="1.1"><wpt lat="1" lon="2"/></gpx>'],
  ['feed', '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>x</title></channel></rss>'],
  ['feed', '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>'],
  ['opml', '<?xml version="1.0"?>\n<opml version="2.0"><body><outline text="x"/></body></opml>'],
  ['daily-measures', 'Date,Asleep (min),Went to bed,Got up\n2025-03-01,431,22:50,06:31\n'],
  ['photo', jpeg(block)],
  ['photo', png(block)],
  ['photo', webp(block)],
  ['photo', heic(block)],
  ['photo', block],
  ['photo-sidecar', json({ title: 'x.jpg', photoTakenTime: { timestamp: '1' }, geoData: {} })],
  ['takeout-records', json({ locations: [{ latitudeE7: 1, longitudeE7: 1, timestamp: time }] })],
  ['takeout-semantic', json({ timelineObjects: [{ placeVisit: { location: {} } }] })],
  ['takeout-timeline', json({ semanticSegments: [{ startTime: time, visit: {} }], rawSignals: [] })],
  ['takeout-timeline', json([{ startTime: time, endTime: time, activity: { start: 'geo:1,2' } }])],
  [
    'takeout-keep',
    json({ isTrashed: false, isPinned: false, textContent: 'x', title: '', userEditedTimestampUsec: 1 }),
  ],
  [
    'takeout-keep-page',
    '<html><body><div class="note"><div class="heading"><div class="meta-icons"></div></div></div></body></html>',
  ],
  ['takeout-activity', json([{ header: 'YouTube', title: 'Watched x', time, products: ['YouTube'] }])],
  [
    'takeout-activity-page',
    '<html><body><div class="mdl-grid"><div class="outer-cell mdl-cell mdl-cell--12-col"></div></div></body></html>',
  ],
]
