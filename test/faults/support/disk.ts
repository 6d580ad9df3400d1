// A disk as a program may rely on it and no better: what is flushed stays, what is not may be lost, kept in part, or kept
// out of order, down to single sectors; a name is durable only once its folder is flushed. It is fed with traced calls,
// and at any moment it can say what a power cut might leave behind.
import { basename, dirname, join } from 'node:path'
import type { Random } from '../../support/random.ts'
import type { Call } from './strace.ts'

const sector = 512
const page = 4096

interface FileNode {
  readonly kind: 'file'
  durable: Buffer
  pending: Change[]
}
interface FolderNode {
  readonly kind: 'folder'
  readonly live: Map<string, Node>
  readonly durable: Map<string, Node>
  pending: Naming[]
}
type Node = FileNode | FolderNode
type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number }
/** Names that appear and disappear together: a rename inside one folder is one naming. */
interface Naming {
  readonly add?: readonly [string, Node]
  readonly remove?: string
}

export interface Remains {
  readonly files: ReadonlyMap<string, Buffer>
  readonly folders: readonly string[]
}

export interface Disk {
  readonly feed: (call: Call) => void
  /** What a power cut at this moment might leave. */
  readonly cutPower: (random: Random) => Remains
}

const newFolder = (): FolderNode => ({ kind: 'folder', live: new Map(), durable: new Map(), pending: [] })

interface DiskParts {
  readonly root: string
  /** What lay there, flushed, before the program began. */
  readonly files: ReadonlyMap<string, Buffer>
}

interface OpenFile {
  readonly node: Node | undefined
  at: number
}

export function createDisk({ root, files }: DiskParts): Disk {
  const top = newFolder()
  const open = new Map<number, OpenFile>()

  const walk = (path: string): Node | undefined => {
    if (path === root) return top
    if (!path.startsWith(`${root}/`)) return undefined
    let node: Node | undefined = top
    for (const name of path.slice(root.length + 1).split('/'))
      node = node?.kind === 'folder' ? node.live.get(name) : undefined
    return node
  }
  const folderOf = (path: string): FolderNode | undefined => {
    const node = walk(dirname(path))
    return node?.kind === 'folder' ? node : undefined
  }
  const put = (path: string, node: Node) => {
    const folder = folderOf(path)
    folder?.live.set(basename(path), node)
    folder?.pending.push({ add: [basename(path), node] })
  }
  const take = (path: string) => {
    const folder = folderOf(path)
    folder?.live.delete(basename(path))
    folder?.pending.push({ remove: basename(path) })
  }
  const move = (from: string, to: string) => {
    const node = walk(from)
    const [source, target] = [folderOf(from), folderOf(to)]
    if (node === undefined || source === undefined || target === undefined) return
    source.live.delete(basename(from))
    target.live.set(basename(to), node)
    if (source === target) target.pending.push({ add: [basename(to), node], remove: basename(from) })
    else {
      target.pending.push({ add: [basename(to), node] })
      source.pending.push({ remove: basename(from) })
    }
  }

  for (const [name, bytes] of files) plant(top, name, bytes)

  const isHere = (path: string) => path === root || path.startsWith(`${root}/`)
  /** `folder` is what the first descriptor stands for; where there is none, the path is of the folder we are in. */
  const resolve = (folder: string | undefined, path: Buffer): string => {
    const text = path.toString('utf8')
    return text.startsWith('/') ? text : join(folder ?? process.cwd(), text)
  }
  const change = (node: Node | undefined, ...changes: Change[]) => {
    if (node?.kind === 'file') node.pending.push(...changes)
  }

  const opened = (path: string, flags: string, fd: number) => {
    let node = walk(path)
    // A process beside it has numbers of its own, and none of them for anything here.
    if (!isHere(path)) return
    if (node === undefined && flags.includes('O_CREAT')) {
      node = { kind: 'file', durable: Buffer.alloc(0), pending: [] }
      put(path, node)
    }
    if (flags.includes('O_TRUNC')) change(node, { length: 0 })
    if (flags.includes('O_APPEND') && node !== undefined) throw new Error('appending is not modelled')
    open.set(fd, { node, at: 0 })
  }

  const write = (fd: number, bytes: Buffer, at?: number) => {
    const file = open.get(fd)
    if (file?.node === undefined) return
    change(file.node, { at: at ?? file.at, bytes })
    if (at === undefined) file.at += bytes.length
  }

  const feed = ({ name, args, on, result }: Call) => {
    const text = (index: number) => String(args[index])
    const bytes = (index: number) => {
      const arg = args[index]
      if (!(arg instanceof Buffer)) throw new Error(`${name} has no bytes at ${index}`)
      return arg
    }
    const fd = on !== undefined && isHere(on) ? Number(args[0]) : Number.NaN
    switch (name) {
      case 'openat':
        return opened(resolve(on, bytes(1)), text(2), result)
      case 'close':
        return void open.delete(fd)
      case 'write':
        return write(fd, bytes(1).subarray(0, result))
      case 'pwrite64':
        return write(fd, bytes(1).subarray(0, result), Number(args[3]))
      case 'ftruncate':
        return change(open.get(fd)?.node, { length: Number(args[1]) })
      case 'fsync':
      case 'fdatasync':
        return flush(open.get(fd)?.node)
      case 'rename':
        return move(bytes(0).toString(), bytes(1).toString())
      case 'unlink':
      case 'rmdir':
        return take(bytes(0).toString())
      case 'unlinkat':
        return take(resolve(on, bytes(1)))
      case 'mkdir':
        return put(bytes(0).toString(), newFolder())
      case 'link': {
        const node = walk(bytes(0).toString())
        return node === undefined ? undefined : put(bytes(1).toString(), node)
      }
      case 'lseek':
        return seek(open.get(fd), result)
      default:
        // A call this model does not know must not pass for one that does nothing, if it touches the disk under test.
        if (
          open.get(fd)?.node !== undefined ||
          args.some((arg) => arg instanceof Buffer && arg.toString().startsWith(root))
        ) {
          throw new Error(`the disk does not know ${name}`)
        }
    }
  }

  return { feed, cutPower: (random) => remainsOf(top, random) }
}

function plant(top: FolderNode, name: string, bytes: Buffer): void {
  const steps = name.split('/')
  const last = steps.pop() ?? ''
  let folder = top
  for (const step of steps) {
    const there = folder.live.get(step)
    const next = there?.kind === 'folder' ? there : newFolder()
    folder.live.set(step, next)
    folder.durable.set(step, next)
    folder = next
  }
  const file: FileNode = { kind: 'file', durable: bytes, pending: [] }
  folder.live.set(last, file)
  folder.durable.set(last, file)
}

function seek(file: OpenFile | undefined, at: number): void {
  if (file !== undefined) file.at = at
}

function flush(node: Node | undefined): void {
  if (node?.kind === 'file') node.durable = node.pending.reduce(apply, node.durable)
  if (node?.kind === 'folder') for (const naming of node.pending) rename(node.durable, naming)
  if (node !== undefined) node.pending = []
}

function apply(content: Buffer, change: Change): Buffer {
  if ('length' in change)
    return content.length >= change.length ? content.subarray(0, change.length) : grown(content, change.length)
  const whole = grown(content, change.at + change.bytes.length)
  change.bytes.copy(whole, change.at)
  return whole
}

/** A copy, so that what was durable before stays as it was. */
function grown(content: Buffer, length: number): Buffer {
  const whole = Buffer.alloc(Math.max(content.length, length))
  content.copy(whole)
  return whole
}

function rename(names: Map<string, Node>, { add, remove }: Naming): void {
  if (remove !== undefined) names.delete(remove)
  if (add !== undefined) names.set(...add)
}

/** How a cut treats what is not flushed. Drawn once a cut, so that whole kinds of disk are met and not only averages. */
const habits = ['none', 'all', 'first', 'some', 'sectors', 'pages'] as const
type Habit = (typeof habits)[number]

function remainsOf(top: FolderNode, random: Random): Remains {
  const naming = random.pick(['none', 'all', 'first', 'some'] as const)
  const data = random.pick(habits)
  const files = new Map<string, Buffer>()
  const folders: string[] = []
  const visit = (folder: FolderNode, path: string) => {
    const names = new Map(folder.durable)
    for (const one of survivors(folder.pending, naming, random)) rename(names, one)
    for (const [name, node] of names) {
      const at = join(path, name)
      if (node.kind === 'file')
        files.set(at, survivors(torn(node.pending, data), data, random).reduce(apply, node.durable))
      else {
        folders.push(at)
        visit(node, at)
      }
    }
  }
  visit(top, '')
  return { files, folders }
}

function survivors<T>(pending: readonly T[], habit: Habit, random: Random): readonly T[] {
  switch (habit) {
    case 'none':
      return []
    case 'all':
      return pending
    case 'first':
      return pending.slice(0, random.int(pending.length + 1))
    case 'some':
    case 'sectors':
    case 'pages':
    default:
      return pending.filter(() => random.chance(0.5))
  }
}

/** Writes split where a disk may split them. */
function torn(pending: readonly Change[], habit: Habit): readonly Change[] {
  if (habit !== 'sectors' && habit !== 'pages' && habit !== 'first') return pending
  const step = habit === 'pages' ? page : sector
  return pending.flatMap((change) => {
    if ('length' in change) return [change]
    const pieces: Change[] = []
    for (let from = 0; from < change.bytes.length; ) {
      const to = Math.min(change.bytes.length, from + step - ((change.at + from) % step))
      pieces.push({ at: change.at + from, bytes: change.bytes.subarray(from, to) })
      from = to
    }
    return pieces
  })
}
