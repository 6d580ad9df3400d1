// The smallest file of each format of calendars, contacts, mail, chats and conversations, in the shapes it comes in.
const json = (value: unknown) => JSON.stringify(value, null, 1)
const said = { id: 1, type: 'message', date: '2026-01-05T10:00:00', from: 'Ann', text: 'hi' }
const chat = { name: 'Tea', type: 'personal_chat', id: 42, messages: [said] }

export const talks: readonly (readonly [format: string, file: string])[] = [
  ['ics', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n'],
  ['ics', '\n\nbegin:vcalendar\nend:vcalendar\n'],
  ['vcard', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann\r\nEND:VCARD\r\n'],
  [
    'mbox',
    'From - Tue Feb 03 10:11:12 2026\r\nX-Mozilla-Status: 0001\r\nFrom: a@example.org\r\nSubject: x\r\n\r\nhi\r\n',
  ],
  [
    'mbox',
    'From 1@xxx Tue Feb 03 10:11:12 +0000 2026\nX-GM-THRID: 1\nReceived: x\nFrom: a@example.org\n\n<html><body>hi</body></html>\n',
  ],
  ['eml', 'Return-Path: <a@example.org>\r\nReceived: x\r\nFrom: a@example.org\r\nSubject: x\r\n\r\nhi\r\n'],
  ['eml', 'From: a@example.org\nSubject: x\n\n# Not a note\n\n- one\n- [two](x)\n**three**\n'],
  ['eml', '1234      \nFrom: a@example.org\nDate: x\n\nhi\n'],
  ['whatsapp', '31.12.25, 23:59 - Bo: hi\n'],
  [
    'whatsapp',
    '\u200e[12/31/25, 11:59:58\u202fPM] Tea: \u200eMessages are encrypted.\n[12/31/25, 11:59:59\u202fPM] Bo: a, b, c\n',
  ],
  ['whatsapp', '2025-12-31, 23:59 - You created this group\n2025-12-31, 23:59 - Bo: hi\n'],
  ['telegram', json(chat)],
  ['telegram', json({ chats: { about: 'x', list: [chat] } })],
  ['telegram', json({ about: 'x', personal_information: { first_name: 'Ann' }, contacts: { list: [] } })],
  [
    'signal',
    [
      '{"version":"1","backupTimeMs":"1767603600000"}',
      '{"account":{"givenName":"Bo"}}',
      '{"recipient":{"id":"1","self":{}}}',
    ].join('\n'),
  ],
  [
    'signal-export',
    '{"date":"2026-01-05T10:00:00","sender":"Bo","body":"hi","quote":"","sticker":null,"reactions":[],"attachments":[]}\n',
  ],
  [
    'instagram',
    json({
      participants: [{ name: 'Bo' }],
      messages: [{ sender_name: 'Bo', timestamp_ms: 1, content: 'hi' }],
      title: 'Bo',
    }),
  ],
  [
    'instagram-page',
    '<html><head><title>Bo</title></head><body><div class="pam _3-95 _2ph- _a6-g"><h2 class="_3-95 _a6-h">Bo</h2><div class="_3-95 _a6-p"><div><div></div><div>hi</div></div></div><div class="_3-94 _a6-o">Jan 05, 2026 10:00 am</div></div></body></html>',
  ],
  ['chatgpt', json([{ title: 'x', create_time: 1, mapping: { a: { message: null, parent: null, children: [] } } }])],
  ['claude', json([{ uuid: 'x', name: 'x', created_at: '2026-01-05T09:00:00Z', chat_messages: [] }])],
]
