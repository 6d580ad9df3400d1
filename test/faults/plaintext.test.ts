// A whole life of a vault, and every byte it wrote to any file searched for what was planted: passphrases, names, contents,
// recovery words, keys, tokens. What is in the clear on purpose is listed here, and must be found where the list says.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVaultDoor } from '../../electron/core/vault/open-vault.ts'
import { openDatabase } from '../../electron/core/vault/db.ts'
import { randomBytes } from 'node:crypto'
import { childEnv } from './support/child.ts'
import { readKeys } from './support/beside.ts'
import { copiesInMemory } from './support/memory.ts'
import { type Needle, formsOf, found } from './support/needles.ts'
import { keysOf } from './support/planted.ts'
import { say } from '../support/random.ts'
import { readFolder, scratchFolder } from './support/scratch.ts'
import { howToGetStrace, readTrace, startTraced, straceIsHere, traceNode } from './support/strace.ts'
import { writtenToFiles } from './support/written.ts'

const suite = 'plaintext'
const root = scratchFolder()
const base = join(root, 'life')
const temporary = join(root, 'tmp')
const log = join(root, 'life.strace')
mkdirSync(temporary)
const canTrace = straceIsHere()
if (!canTrace) say(suite, `${howToGetStrace}; only the files left at the end were searched`)

interface Facts {
  readonly name: string
  readonly passphrase: string
  readonly typed: readonly string[]
  readonly address: string
  readonly kits: readonly (readonly string[])[]
  readonly web: readonly string[]
  readonly backup: string
}

let facts: Facts
let needles: readonly Needle[]
let child: ChildProcess

beforeAll(async () => {
  const args = ['--expose-gc', join(import.meta.dirname, 'support/whole-run-child.ts'), base]
  const env = { ...childEnv, TMPDIR: temporary, SQLITE_TMPDIR: temporary }
  child = canTrace
    ? startTraced({ log, args, env })
    : spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  if (child.stdout === null) throw new Error('the process has no output')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  facts = JSON.parse(line) as Facts
  const { kits, typed, address, web } = facts
  needles = [
    ...typed.map((secret) => ({ name: `"${secret}"`, secret })),
    ...kits.flatMap((words) =>
      words.slice(2).map((word, at) => ({ name: 'recovery words', secret: `${words[at]} ${words[at + 1]} ${word}` })),
    ),
    ...web.map((secret) => ({ name: 'a key of the page', secret })),
    { name: 'the address of the account', secret: address },
    { name: 'an entry of the ledger', secret: '{"act":"settings.changed"' },
    ...(await keysOf({ base, ...facts })),
  ]
})
afterAll(async () => {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.stdin?.end()
  await ended
})

/** Labels, not contents: a vault can be told from another without opening it. */
const onPurpose = (): readonly { readonly what: string; readonly text: string; readonly where: RegExp }[] => {
  const { name, vault, createdAt } = readKeys(base)
  return [
    { what: 'the name of the vault', text: JSON.stringify(name), where: /\/vault\.keys/u },
    { what: 'when it was created', text: createdAt, where: /\/vault\.keys/u },
    { what: 'its id', text: vault, where: /\/vault\.keys|\/manifest\.json|\/heads\//u },
    { what: 'how its passphrase is stretched', text: '"argon2id"', where: /\/vault\.keys/u },
    { what: 'which backup this is', text: facts.backup, where: /\/manifest\.json/u },
  ]
}

describe('a whole life of a vault', () => {
  it('leaves nothing planted in any file it ends with', () => {
    const forms = needles.flatMap(formsOf)
    const wrong = [...readFolder(root)]
      .filter(([name]) => !name.endsWith('.strace'))
      .flatMap(([name, bytes]) => found(bytes, forms).map((what) => ({ name: `/${name}`, what })))
    expect(wrong.filter(({ name, what }) => !(what === `"${facts.name}"` && /\/vault\.keys/u.test(name)))).toEqual([])
  })

  it('shows what is in the clear on purpose, where it is said to be: the search finds what is there', () => {
    const files = [...readFolder(base)].map(([name, bytes]) => ({ name: `/${name}`, bytes }))
    for (const { what, text, where } of onPurpose()) {
      const holders = files.filter(({ name, bytes }) => where.test(name) && bytes.includes(text))
      expect(holders.length, what).toBeGreaterThan(0)
    }
    expect(files.some(({ name }) => name.endsWith('mindkeep.log'))).toBe(true)
  })

  it.runIf(process.platform === 'linux')(
    'leaves neither the master key nor the database key in the memory of the locked process',
    async () => {
      const pid = canTrace ? await onlyChildOf(child.pid ?? 0) : (child.pid ?? 0)
      const keys = needles.filter(({ name }) => name === 'the master key' || name === 'the database key')
      const counts = copiesInMemory(
        pid,
        keys.map(({ secret }) => Buffer.from(secret as Buffer)),
      )
      const copies = keys.map(({ name }, index) => [name, counts[index]])
      say(suite, `copies in memory after locking: ${copies.map(([name, count]) => `${name} ${count}`).join(', ')}`)
      expect(Object.fromEntries(copies)).toEqual({ 'the master key': 0, 'the database key': 0 })
    },
  )

  it.runIf(canTrace)('wrote nothing planted to any file, anywhere, at any time', async () => {
    const ended = once(child, 'exit')
    child.stdin?.end()
    await ended
    const forms = needles.flatMap(formsOf)
    const wrong: string[] = []
    let bytesWritten = 0
    const paths = new Set<string>()
    for await (const { path, bytes } of writtenToFiles(readTrace(log))) {
      bytesWritten += bytes.length
      paths.add(path)
      for (const what of found(bytes, forms)) {
        if (what !== `"${facts.name}"` || !/\/vault\.keys/u.test(path)) wrong.push(`${what} in ${path}`)
      }
    }
    say(
      suite,
      `searched ${bytesWritten} bytes in ${paths.size} files for ${needles.length} secrets in ${forms.length} forms`,
    )
    expect(wrong).toEqual([])
    for (const folder of ['/incoming/', '/outgoing/', '/blobs/', '/backups/'])
      expect([...paths].filter((path) => path.includes(folder)).length, folder).toBeGreaterThan(0)
    expect(bytesWritten).toBeGreaterThan(1_000_000)
  })
})

describe.runIf(canTrace)('a sort larger than the cache', () => {
  const marker = 'planted-in-a-sort-9d1f'
  const leaks = async (choice: 'ours' | 'default') => {
    const trace = join(root, `sort-${choice}.strace`)
    const args = [
      join(import.meta.dirname, 'support/sorting-child.ts'),
      join(root, `sort-${choice}.db`),
      marker,
      choice,
    ]
    traceNode({ log: trace, args, env: { SQLITE_TMPDIR: temporary, TMPDIR: temporary } })
    let leaked = 0
    for await (const { bytes } of writtenToFiles(readTrace(trace))) leaked += bytes.includes(marker) ? 1 : 0
    return leaked
  }

  it('writes nothing in the clear', async () => {
    expect(await leaks('ours')).toBe(0)
  })

  it('would write the rows in the clear by the default of the build: the suite can fail', async () => {
    expect(await leaks('default')).toBeGreaterThan(0)
  })
})

describe('an open vault that is closed', () => {
  it('leaves its key buffers zeroed', () => {
    const door = createVaultDoor()
    const [master, witnessKey] = [randomBytes(32), randomBytes(32)]
    const db = openDatabase({ path: join(root, 'open.db'), key: randomBytes(32), cipher: 'aegis', create: true })
    door.open({ vault: 'v', db, master, witnessKey })
    door.close()
    expect([master, witnessKey].every((key) => key.every((byte) => byte === 0))).toBe(true)
  })
})

async function onlyChildOf(pid: number): Promise<number> {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])
}
