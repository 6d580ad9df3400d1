import { describe, expect, it } from 'vitest'
import { levelOf } from '../../../electron/core/library/sensitivity.ts'
import { takeoutActivity } from '../../../electron/core/imports/reader/formats/takeout-activity.ts'
import type { ItemType } from '../../../shared/api/items.ts'
import { readAll } from '../imports/reader/support.ts'

const judge = (body: string, type: ItemType = 'document', source = 'markdown') =>
  levelOf({ type, source, title: '', body, facts: {} })
const secret = (reason: string) => ({ level: 'secret', reasons: [reason] })

describe('how private a thing is', () => {
  it.each([
    ['document', 'ordinary', []],
    ['mail', 'personal', ['type']],
    ['observation', 'health', ['type']],
  ] as const)('a %s is %s by its type', (type, level, reasons) => {
    expect(judge('Nothing much', type)).toEqual({ level, reasons })
  })

  it('its source can make it more private than its type', async () => {
    const asked = {
      header: 'Assistant',
      title: 'Said how late is it',
      time: '2025-06-01T10:00:00Z',
      products: ['Assistant'],
    }
    const { items } = await readAll(takeoutActivity, { 'My Activity.json': JSON.stringify([asked]) })
    expect(items).toMatchObject([{ type: 'record' }])
    expect(items.map((item) => levelOf({ ...item, facts: item.facts ?? {} }))).toEqual([
      { level: 'personal', reasons: ['source'] },
    ])
    expect(judge('Said how late is it', 'record', 'json')).toEqual({ level: 'ordinary', reasons: [] })
  })

  it.each([
    ['a card number', 'Visa 4111 1111 1111 1111, 12/29', 'card-number'],
    ['a card number without spaces', 'pay with 5555555555554444.', 'card-number'],
    ['a number of the United States', 'SSN: 219-09-9999', 'national-id'],
    ['a British one', 'NI number AB 12 34 56 C', 'national-id'],
    ['a German one', 'Steuer-ID 86 095 742 719', 'national-id'],
    ['a French one', 'NIR 2 55 08 14 168 025 38', 'national-id'],
    ['a Spanish one', 'DNI 12345678Z', 'national-id'],
    ['one of a foreigner in Spain', 'NIE X1234567L', 'national-id'],
    ['an Italian one', 'CF RSSMRA85T10A562S', 'national-id'],
    ['a Dutch one', 'BSN 111222333', 'national-id'],
    ['a Polish one', 'PESEL 44051401359', 'national-id'],
    ['a password', 'Router\nPassword: hunter22', 'password'],
    ['a password in German', 'WLAN Kennwort = Sommer24', 'password'],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl', 'key'],
    ['a key of a service', 'AKIAIOSFODNN7EXAMPLE', 'key'],
    [
      'the words of a wallet',
      'My wallet: 1. legal 2. winner 3. thank 4. year 5. wave 6. sausage 7. worth 8. useful 9. legal 10. winner 11. thank 12. yellow',
      'key',
    ],
  ])('%s makes it secret', (_what, text, reason) => {
    expect(judge(`Some words before. ${text} And after.`)).toEqual(secret(reason))
  })

  it.each([
    ['a bank account', 'IBAN DE89 3704 0044 0532 0130 00', 'bank-account'],
    ['an account in Norway', 'NO93 8601 1117 947', 'bank-account'],
    ['a German address', 'Hauptstraße 12, 10115 Berlin', 'address'],
    ['an American address', '12 Old Mill Road, Springfield', 'address'],
    ['a French address', '5 rue de la Paix', 'address'],
  ])('%s makes it personal', (_what, text, reason) => {
    expect(judge(`Some words before. ${text} `)).toEqual({ level: 'personal', reasons: [reason] })
  })

  it.each([
    ['a record of a clinic as it is exported', 'resource.resourceType: Condition\nresource.id: 7'],
    ['the code of a laboratory test', '{"system":"http://loinc.org","code":"2093-3"}'],
    ['a clinical document', '<ClinicalDocument xmlns="urn:hl7-org:v3">'],
  ])('%s is of health', (_what, text) => {
    expect(judge(`Some words before. ${text} `)).toEqual({ level: 'health', reasons: ['health-record'] })
  })

  it.each([
    ['a card number that does not add up', '4111 1111 1111 1112'],
    ['an order number', 'Order 1234567890123456'],
    ['a bank account that does not add up', 'DE88 3704 0044 0532 0130 00'],
    ['a Spanish number with another letter', '12345678A'],
    ['a French number with another key', '2 55 08 14 168 025 39'],
    ['an Italian code with another sign', 'RSSMRA85T10A562T'],
    ['nine digits that nobody calls a number of anybody', '111222333'],
    ['a Dutch number that does not add up', 'BSN 111222334'],
    ['a Polish number of the 40th day', 'PESEL 44054001359'],
    ['a German number that does not add up', 'Steuer-ID 86 095 742 718'],
    ['a date and a telephone number', 'On 2025-06-01 call +49 30 1234567'],
    ['talk of passwords', 'You should change your password often'],
    ['a sentence of many short words', 'they went home when that long rain came down over every house there'],
    ['an amount', '12.345.678,90 and 1,234,567,890,123,456'],
  ])('%s is nothing of the kind', (_what, text) => {
    expect(judge(text)).toEqual({ level: 'ordinary', reasons: [] })
  })

  it('says why it is no less, and names every reason for that', () => {
    expect(judge('Hauptstraße 12; password: hunter22; 4111111111111111', 'mail')).toEqual({
      level: 'secret',
      reasons: ['card-number', 'password'],
    })
  })

  it('looks into facts as well', () => {
    const facts = { iban: 'DE89370400440532013000', amount: 5 }
    expect(levelOf({ type: 'record', source: 'csv', title: '', body: '', facts }).reasons).toEqual(['bank-account'])
  })
})
