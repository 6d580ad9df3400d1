// One file, compressed (RFC 1952). How long it really is, only reading it tells.
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { pieceBytes } from '../../../random-access.ts'
import { Unreadable } from '../importer.ts'
import type { Unpacked, Unpacking } from './archives.ts'
import { within } from './bounds.ts'
import { type Listed, chunksOf } from './listed.ts'

export async function* gzipped(file: Listed, { root }: Pick<Unpacking, 'root'>): Unpacked {
  const name = (file.called ?? file.path).split('/').at(-1) ?? ''
  const inside = name.replace(/\.tgz$/i, '.tar').replace(/\.gz$/i, '')
  yield {
    path: `${file.path}/${inside === name ? 'content' : inside}`,
    bytes: await lengthTold(file),
    changed: file.changed,
    number: 0,
    place: {
      // With the tar in it, it is one archive.
      depth: file.place.depth + 0.5,
      root,
      chunks: () => within(gunzipped(file), { compressed: Math.min(file.bytes, root.bytes) }),
    },
  }
}

/** Its last four bytes, modulo 2^32: a hint for the bar that shows how far reading has come. */
async function lengthTold(file: Listed): Promise<number> {
  const { bytes } = file
  const source = file.place.open?.(file)
  if (source === undefined) return bytes
  try {
    const end = await source.read(Math.max(0, bytes - 4), 4)
    return end.length < 4 ? bytes : Buffer.from(end).readUInt32LE()
  } finally {
    source.close()
  }
}

async function* gunzipped(file: Listed): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: pieceBytes })
  // Its failure is met below, where the pieces are taken.
  pipeline(Readable.from(chunksOf(file)), gunzip, () => {})
  try {
    for await (const piece of gunzip) yield piece as Uint8Array
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable('damaged')
  } finally {
    gunzip.destroy()
  }
}
