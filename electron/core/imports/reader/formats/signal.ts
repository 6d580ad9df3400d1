// Signal's own plain-text export: `main.jsonl`, a line for each recipient, chat and message as its backups have them
// (Backup.proto of the Signal apps, as JSON), attachments under the hash of their content. What the app keeps for itself,
// what was meant to be seen once and what was deleted is left out.
import { z } from 'zod'
import { type Beside, filesBeside } from '../items/beside.ts'
import { moment } from '../dates/dates.ts'
import { certainty, type Entry, type Found, type Importer, type Reading } from '../importer.ts'
import { isObject, startOfJson } from '../text/json.ts'
import { nameOf } from '../items/labels.ts'
import type { NewPerson } from '../../../library/library.ts'
import { inParts } from '../items/same.ts'
import { asCollections } from '../items/tags.ts'
import { lines, oneLine } from '../text/text.ts'

/** 64-bit numbers are written as text. */
const number = z.union([z.string(), z.number()]).transform(String)
const text = z.looseObject({ body: z.string().optional() }).optional()

const recipient = z.looseObject({
  id: number,
  contact: z
    .looseObject({
      aci: z.string().optional(),
      e164: number.optional(),
      nickname: z.looseObject({ given: z.string().optional(), family: z.string().optional() }).nullish(),
      systemGivenName: z.string().optional(),
      systemFamilyName: z.string().optional(),
      profileGivenName: z.string().optional(),
      profileFamilyName: z.string().optional(),
      username: z.string().optional(),
    })
    .optional(),
  group: z
    .looseObject({
      masterKey: z.string().optional(),
      snapshot: z.looseObject({ title: z.looseObject({ title: z.string().optional() }).nullish() }).nullish(),
    })
    .optional(),
  self: z.unknown().optional(),
})

const attachment = z.looseObject({
  pointer: z.looseObject({
    contentType: z.string().optional(),
    fileName: z.string().optional(),
    locatorInfo: z.looseObject({ plaintextHash: z.string().optional() }).nullish(),
  }),
})

const chatItem = z.looseObject({
  chatId: number,
  authorId: number,
  dateSent: number,
  standardMessage: z
    .looseObject({
      text,
      quote: z.looseObject({ targetSentTimestamp: number.optional(), authorId: number.optional() }).nullish(),
      attachments: z.array(attachment).default([]),
    })
    .optional(),
  stickerMessage: z.looseObject({ sticker: z.looseObject({ emoji: z.string().optional() }) }).optional(),
  directStoryReplyMessage: z
    .looseObject({ textReply: z.looseObject({ text }).optional(), emoji: z.string().optional() })
    .optional(),
  poll: z
    .looseObject({ question: z.string(), options: z.array(z.looseObject({ option: z.string() })).default([]) })
    .optional(),
})
type ChatItem = z.infer<typeof chatItem>

const account = z.looseObject({ givenName: z.string().optional(), familyName: z.string().optional() })
const chat = z.looseObject({ id: number, recipientId: number })

interface Party {
  readonly name: string
  readonly address: string | undefined
  /** The same in every export, unlike its number. */
  readonly key: string
  readonly kind: 'contact' | 'group' | 'self' | 'other'
}

interface Backup {
  self: string
  readonly parties: Map<string, Party>
  /** The recipient of each chat. */
  readonly chats: Map<string, string>
  readonly files: ReadonlyMap<string, string>
}

const mostParties = 100_000

export const signal: Importer = {
  format: 'signal',
  counts: 'lines',
  recognises({ text: sample }) {
    const [first, second] = (sample ?? '').split('\n', 2).map(startOfJson)
    const begins = isObject(first) && 'version' in first && 'backupTimeMs' in first
    const goesOn = isObject(second) && ('account' in second || 'recipient' in second)
    return begins && goesOn ? certainty.certain : begins ? certainty.likely : certainty.no
  },
  async *read(entry, reading) {
    const backup: Backup = { self: '', parties: new Map(), chats: new Map(), files: filesByHash(reading.paths) }
    for await (const { text: written, line, cut, broken } of lines(entry, reading)) {
      if (written.trim() === '') continue
      if (cut || broken) {
        yield { problem: { why: cut ? 'too-large' : 'wrong-encoding', at: line } }
        continue
      }
      const frame = parsed(written)
      if (frame === undefined) yield { problem: { why: 'damaged', at: line } }
      else if ('chatItem' in frame) yield* messageOf(frame['chatItem'], backup, line, entry, reading)
      else learn(frame, backup)
    }
  },
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const frame: unknown = JSON.parse(line)
    return isObject(frame) ? frame : undefined
  } catch {
    // A line that is no JSON is told of by whoever asked.
    return undefined
  }
}

function learn(frame: Readonly<Record<string, unknown>>, backup: Backup): void {
  const own = account.safeParse(frame['account']).data
  if (own !== undefined) backup.self = fullName(own.givenName, own.familyName)
  const one = recipient.safeParse(frame['recipient']).data
  if (one !== undefined && backup.parties.size < mostParties) backup.parties.set(one.id, partyOf(one, backup.self))
  const talk = chat.safeParse(frame['chat']).data
  if (talk !== undefined && backup.chats.size < mostParties) backup.chats.set(talk.id, talk.recipientId)
}

const fullName = (...names: readonly (string | undefined)[]) => oneLine(names.filter(Boolean).join(' '), 200)

function partyOf({ id, contact, group, self }: z.infer<typeof recipient>, own: string): Party {
  if (contact !== undefined) {
    const { nickname, systemGivenName, systemFamilyName, profileGivenName, profileFamilyName, username, e164, aci } =
      contact
    const address = e164 === undefined ? undefined : `+${e164.replace(/\D/g, '')}`
    const names = [
      fullName(nickname?.given, nickname?.family),
      fullName(systemGivenName, systemFamilyName),
      fullName(profileGivenName, profileFamilyName),
      fullName(username),
    ]
    const name = names.find((known) => known !== '') ?? address ?? ''
    return { name, address, key: aci ?? address ?? id, kind: 'contact' }
  }
  if (group !== undefined) {
    return {
      name: fullName(group.snapshot?.title?.title),
      address: undefined,
      key: group.masterKey ?? id,
      kind: 'group',
    }
  }
  return {
    name: self === undefined ? '' : own,
    address: undefined,
    key: self === undefined ? id : 'self',
    kind: self === undefined ? 'other' : 'self',
  }
}

async function* messageOf(
  value: unknown,
  backup: Backup,
  at: number,
  entry: Entry,
  reading: Reading,
): AsyncIterable<Found> {
  const { data: item } = chatItem.safeParse(value)
  if (item === undefined) {
    yield { problem: { why: 'damaged', at } }
    return
  }
  const { standardMessage: standard } = item
  const beside = await attachedTo(item, backup, entry, reading)
  const body = bodyOf(item)
  if (body === '' && beside.attachments.length === 0 && beside.problems.length === 0) {
    yield { skipped: true }
    return
  }
  const when = moment(Number(item.dateSent))
  if (when === undefined) {
    yield { problem: { why: 'not-a-date', at } }
    return
  }
  const other = backup.parties.get(backup.chats.get(item.chatId) ?? '')
  const keyOf = (author: string, sent: string) =>
    `signal:${other?.key ?? item.chatId}:${backup.parties.get(author)?.key ?? author}:${sent}`
  const { authorId, targetSentTimestamp: answered } = standard?.quote ?? {}
  yield* inParts({
    same: keyOf(item.authorId, item.dateSent),
    type: 'message',
    title: oneLine(body.split('\n', 1)[0] ?? '', 80) || (beside.attachments[0]?.name ?? ''),
    body,
    when,
    source: 'signal',
    people: peopleOf(backup.parties.get(item.authorId), other),
    collections: asCollections(other?.name),
    links:
      authorId === undefined || answered === undefined ? [] : [{ kind: 'answers', same: keyOf(authorId, answered) }],
    attachments: beside.attachments,
    position: at,
  })
  for (const why of beside.problems) yield { problem: { why, at } }
}

function bodyOf({ standardMessage, stickerMessage, directStoryReplyMessage: reply, poll }: ChatItem): string {
  const asked = poll === undefined ? '' : [poll.question, ...poll.options.map(({ option }) => `- ${option}`)].join('\n')
  const said = [
    standardMessage?.text?.body,
    reply?.textReply?.text?.body,
    reply?.emoji,
    stickerMessage?.sticker.emoji,
    asked,
  ]
  return said.filter(Boolean).join('\n').trim()
}

function peopleOf(author: Party | undefined, other: Party | undefined): NewPerson[] {
  const person = ({ name, address }: Party, role: NewPerson['role']): NewPerson[] =>
    name === '' ? [] : [{ name, role, ...(address !== undefined && { address }) }]
  const to = author?.kind === 'self' && other?.kind === 'contact' ? person(other, 'to') : []
  return [...(author === undefined ? [] : person(author, 'from')), ...to]
}

/** `files/4f/4f53…cda1.jpg`: named after its content. */
function filesByHash(paths: readonly string[]): ReadonlyMap<string, string> {
  const hashes = paths.flatMap((path) => {
    const hash = /^[0-9a-f]{64}(?=\.|$)/.exec(nameOf(path))?.[0]
    return hash === undefined ? [] : [[hash, path] as const]
  })
  return new Map(hashes)
}

function attachedTo({ standardMessage }: ChatItem, { files }: Backup, entry: Entry, reading: Reading): Promise<Beside> {
  const named = (standardMessage?.attachments ?? []).flatMap(({ pointer }) => {
    const path = files.get(Buffer.from(pointer.locatorInfo?.plaintextHash ?? '', 'base64').toString('hex'))
    return path === undefined ? [] : [{ path, name: pointer.fileName, media: pointer.contentType }]
  })
  return filesBeside(entry, reading, named)
}
