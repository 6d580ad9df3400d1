// The small JSON file that Google Takeout puts beside every picture: what Google knew of it, which the picture itself may
// have lost. Its name is the picture's, cut to fit 46 characters, with the number of a double behind it. A folder that is an
// album has one of its own.
import { moment } from '../dates/dates.ts'
import { certainty, type Importer, type Reading } from '../importer.ts'
import { isObject, startOfJson } from '../text/json.ts'
import { wholeText } from '../text/text.ts'
import { type Place, placeOf } from './places.ts'

export interface Sidecar {
  readonly title: string
  readonly description: string
  readonly takenAt: number | undefined
  readonly place: Place | undefined
  readonly people: readonly string[]
  readonly trashed: boolean
}

const mostBytes = 1024 * 1024
const longestName = 46
const suffix = '.supplemental-metadata'

/** Nothing to keep by itself: what it says arrives with its picture. */
export const photoSidecar: Importer = {
  format: 'photo-sidecar',
  counts: 'records',
  recognises: ({ text }) => {
    const start = startOfJson(text)
    return isObject(start) && (isSidecar(start) || isAlbum(start)) ? certainty.certain : certainty.no
  },
  async *read() {
    yield { skipped: true }
  },
}

type Fields = Readonly<Record<string, unknown>>

const isSidecar = (said: Fields) => isObject(said['photoTakenTime']) && typeof said['title'] === 'string'
const isAlbum = (said: Fields) =>
  isObject(said['date']) && typeof said['access'] === 'string' && typeof said['title'] === 'string'

export async function sidecarOf(path: string, reading: Reading): Promise<Sidecar | undefined> {
  const said = await firstOf(namesBeside(path), reading)
  return said !== undefined && isSidecar(said) ? read(said) : undefined
}

/** The name of the album that the picture lies in; undefined in the folders that Google makes for each year. */
export async function albumOf(path: string, reading: Reading): Promise<string | undefined> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const said = await firstOf(
    albumNames.map((name) => `${folder}${name}.json`),
    reading,
  )
  const title = said !== undefined && isAlbum(said) ? text(said['title']) : ''
  return title === '' || /\b(?:19|20)\d{2}$/.test(title) ? undefined : title
}

/** In the languages whose exports we have met. */
const albumNames = ['metadata', 'Metadaten', 'métadonnées', 'metadatos', 'metadati']

async function firstOf(names: readonly string[], reading: Reading): Promise<Fields | undefined> {
  const entry = names.map((name) => reading.find(name)).find((found) => found !== undefined)
  if (entry === undefined || entry.bytes > mostBytes) return undefined
  try {
    const said: unknown = JSON.parse(await wholeText(entry, reading, mostBytes))
    return isObject(said) ? said : undefined
  } catch {
    // The file is looked at by itself as well, and what is wrong with it reported there.
    return undefined
  }
}

function namesBeside(path: string): readonly string[] {
  const slash = path.lastIndexOf('/') + 1
  const [folder, name] = [path.slice(0, slash), path.slice(slash)]
  const edited = name.replace(/-(?:edited|bearbeitet|modifié|editado)(?=(?:\(\d+\))?\.[^.]+$)/i, '')
  const names = [name, edited].flatMap((picture) => {
    const number = /\(\d+\)(?=\.[^.]+$)/.exec(picture)?.[0] ?? ''
    const plain = picture.replace(number, '')
    const cut = [`${plain}${suffix}`, plain].flatMap((base) => [base, base.slice(0, longestName)])
    return [...cut.map((base) => `${base}${number}.json`), `${picture}.json`]
  })
  return [...new Set(names)].map((candidate) => folder + candidate)
}

function read(said: Fields): Sidecar {
  const taken = isObject(said['photoTakenTime']) ? Number(said['photoTakenTime']['timestamp']) : Number.NaN
  const people = Array.isArray(said['people']) ? said['people'] : []
  return {
    title: text(said['title']),
    description: text(said['description']),
    takenAt: taken === 0 ? undefined : moment(taken * 1000)?.at,
    place: placeIn(said['geoData']) ?? placeIn(said['geoDataExif']),
    people: people
      .flatMap((person: unknown) => (isObject(person) ? [text(person['name'])] : []))
      .filter((name) => name !== ''),
    trashed: said['trashed'] === true,
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Zeros where Google does not know. */
function placeIn(geo: unknown): Place | undefined {
  if (!isObject(geo) || (geo['latitude'] === 0 && geo['longitude'] === 0)) return undefined
  return placeOf(Number(geo['latitude']), Number(geo['longitude']))
}
