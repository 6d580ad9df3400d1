// The library: notes from the first word to the last, lists, and every way to ask for what is not there.
import type { Reply } from '../../../shared/api/api.ts'
import { type Case, refusal, step, stepAfter, until, value, valueAt } from '../case.ts'
import { aList, aNumber, aText, like, listWith, textLike } from '../matchers.ts'

const nothing = value({})
const nowhere = 'ab'.repeat(16)
const none = { filter: { types: ['feed'] } }
const notThere = refusal('NO_SUCH_ITEM')
const change = (items: number) => value({ change: aNumber, items })
const untouched = value({ change: null, items: 0 })
const an = textLike(/^[0-9a-f]{32}$/)
const written = value({ change: aNumber, items: 1, id: an })

/** The last of those that were listed then. */
const collectionAt = (replies: readonly Reply[], index: number) =>
  valueAt(replies, { index, of: 'library.collections' }).at(-1)?.id ?? nowhere

export const libraryCases: readonly Case[] = [
  {
    name: 'a note is written, found, read, put in the Trash, and that is undone',
    start: 'unlocked',
    steps: () => [
      step('library.writeNote', { title: 'Plan', body: 'To the **sea**' }, written),
      step('library.list', {}, value({ rows: [like({ title: 'Plan', type: 'note' })], total: 1 })),
      stepAfter(
        'library.get',
        (replies) => ({ id: valueAt(replies, { index: 0, of: 'library.writeNote' }).id }),
        value(like({ body: 'To the **sea**', bodyIs: 'markdown', origin: null, version: 1 })),
      ),
      stepAfter(
        'library.seenBy',
        (replies) => ({ id: valueAt(replies, { index: 0, of: 'library.writeNote' }).id }),
        value([like({ act: like({ act: 'note.written', isNew: true }) })]),
      ),
      step('library.facets', {}, value(like({ types: [{ value: 'note', count: 1 }], people: [], tags: [] }))),
      step('library.timeline', { zoom: 'year' }, value({ buckets: [like({ count: 1 })], undated: 0 })),
      step('library.trash', { which: { filter: {} } }, change(1)),
      step('library.list', {}, value({ rows: [], total: 0 })),
      step('library.lastChange', {}, value({ change: aNumber, act: 'trash', at: aText })),
      stepAfter(
        'library.undo',
        (replies) => ({ change: valueAt(replies, { index: 6, of: 'library.trash' }).change }),
        value({ change: aNumber, items: 1, act: 'trash' }),
      ),
      step('library.list', {}, value({ rows: aList, total: 1 })),
    ],
  },
  {
    name: 'a draft is kept until it is dropped',
    start: 'unlocked',
    steps: () => [
      step('library.saveDraft', { name: 'new', title: 'Half', body: 'a sentence' }, nothing),
      step('library.drafts', {}, value([{ name: 'new', title: 'Half', body: 'a sentence', at: aText }])),
      step('library.dropDraft', { name: 'new' }, nothing),
      step('library.drafts', {}, value([])),
    ],
  },
  {
    name: 'a collection is made, renamed and dropped; two of one name there are not',
    start: 'unlocked',
    steps: () => [
      step('library.writeNote', { title: 'Plan', body: 'To the sea' }, written),
      step('library.collect', { which: { filter: {} }, add: [{ name: 'Trips' }, { name: 'Sea' }] }, change(1)),
      step('library.collect', { which: { filter: {} }, add: [{ name: 'trips' }] }, untouched),
      step('library.collections', {}, value([like({ name: 'Sea' }), { id: an, name: 'Trips', items: 1 }])),
      stepAfter(
        'library.renameCollection',
        (replies) => ({ id: collectionAt(replies, 3), name: 'sea' }),
        refusal('NAME_TAKEN'),
      ),
      stepAfter(
        'library.renameCollection',
        (replies) => ({ id: collectionAt(replies, 3), name: 'Journeys' }),
        change(0),
      ),
      stepAfter('library.dropCollection', (replies) => ({ id: collectionAt(replies, 3) }), change(1)),
      stepAfter(
        'library.collect',
        (replies) => ({ which: { filter: {} }, remove: [{ id: collectionAt(replies, 3) }] }),
        refusal('NO_SUCH_COLLECTION'),
      ),
      step('library.collections', {}, value([{ id: an, name: 'Sea', items: 1 }])),
    ],
  },
  {
    name: 'what is not there is called that, and an act on nothing changes nothing',
    start: 'unlocked',
    steps: () => [
      step('library.get', { id: nowhere }, notThere),
      step('library.versions', { id: nowhere }, notThere),
      step('library.restoreVersion', { id: nowhere, version: 1 }, notThere),
      step('library.seenBy', { id: nowhere }, value([])),
      step('library.people', { like: 'nobody' }, value([])),
      step('library.writeNote', { id: nowhere, title: '', body: '' }, notThere),
      step('library.trash', { which: { ids: [nowhere] } }, notThere),
      step('library.setLevel', { which: none, level: 'secret' }, untouched),
      step('library.tag', { which: none, add: ['sea'] }, untouched),
      step('library.untrash', { which: none }, untouched),
      step('library.collect', { which: none, add: [{ id: nowhere }] }, refusal('NO_SUCH_COLLECTION')),
      step('library.openAttachment', { id: nowhere }, refusal('NO_SUCH_ATTACHMENT')),
      step('library.undo', { change: 4711 }, refusal('NO_SUCH_CHANGE')),
      step('library.tag', { which: none, add: ['two, tags'] }, refusal('INVALID_INPUT', { fields: ['add.0'] })),
    ],
  },
  {
    name: 'erasing is work that goes on, and ends with what still holds it',
    start: 'unlocked',
    oneProcess: true,
    steps: () => [
      step('library.writeNote', { title: 'Gone', body: 'soon' }, written),
      step('library.erase', { which: { filter: {} } }, value({ job: aText })),
      until(
        'jobs.list',
        {},
        value(
          listWith(
            like({
              kind: 'erase',
              state: 'done',
              result: { items: 1, backups: [], earlier: [], copies: [], uploads: [], logEmptied: true },
            }),
          ),
        ),
      ),
      step('library.list', {}, value({ rows: [], total: 0 })),
    ],
  },
  {
    name: 'erasing is started',
    start: 'unlocked',
    steps: () => [step('library.erase', { which: none }, value({ job: aText }))],
  },
]
