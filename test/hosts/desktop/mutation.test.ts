// Changes every security line of the desktop host, one at a time, and counts how many changes the claims notice. The few
// changes that nothing can notice are listed one by one, with the reason; they count as missed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claims } from './claims/all.ts'
import { createModuleCache, desktopFolder } from './double/sources.ts'
import { createAppFolder } from './double/target.ts'
import { createHunt } from './mutation/hunt.ts'
import { huntAll } from './mutation/hunters.ts'
import { type Mutant, mutantsOf } from './mutation/mutate.ts'

const securityFiles = [
  'main.ts',
  'bridge.ts',
  'core-side.ts',
  'messages.ts',
  'address.ts',
  'channels.ts',
  'security.ts',
  'outside.ts',
  'window.ts',
  'ipc.ts',
  'protocol.ts',
  'links.ts',
  'ports.ts',
  'preload.ts',
  '../core/saving.ts',
  'transfers.ts',
  'flows.ts',
  '../../shared/page-files.ts',
]
const atLeast = 0.95
/** As for the fault suites: some changes are noticed by nothing coming, and a busy computer tries them one by one. */
const timeout = 600_000

const equivalent: Readonly<Record<string, string>> = {
  'ipc.ts: return false → return undefined as never': 'its one caller negates it, and undefined negates as false does',
  "../../shared/page-files.ts: name.split(/[\\\\/]/).at(-1) ?? '' → (name.split(/[\\\\/]/).at(-1))":
    'a text that was split always has a last part',
  'transfers.ts: return false → return undefined as never': 'as in ipc.ts',
  "transfers.ts: request.headers.get('x-mindkeep-bytes') ?? '' → (request.headers.get('x-mindkeep-bytes'))":
    'no header is no number, as an empty text and as null',
  'transfers.ts: \'\' → "~"': 'as the one before: neither is a number',
  'bridge.ts: waiting.delete(message.id) → ;':
    'what has been answered is answered once; without this it stays in memory',
  'bridge.ts: waiting.clear() → ;': 'as the one before',
  'bridge.ts: sent !== undefined → true': 'nothing is on its way under no number',
  'bridge.ts: 0 → 0 + 1': 'the number of what is taken is set before it is read',
  'core-side.ts: asked.delete(id) → ;': 'as in bridge.ts',
  '../core/saving.ts: await file.sync() → ;': 'only a power cut would tell',
  '../core/saving.ts: syncFolder(folder) → ;': 'as the one before',
  'flows.ts: asked.delete(id) → ;': 'what has been answered is answered once; without this its promise stays in memory',
  '../../shared/page-files.ts: \'\' → "~"': 'a text that was split always has a last part',
}

const { appFolder, remove } = createAppFolder()
afterAll(remove)

const hunt = createHunt({ claims, appFolder, cache: createModuleCache() })
const nameOf = ({ file, from, to }: Mutant): string => `${file}: ${from} → ${to}`

describe('the claims about the desktop host', () => {
  it('hold for the sources as they are', async () => {
    expect(await hunt(undefined)).toBeUndefined()
  })

  it('notice at least 95 of 100 changes to its security lines, and all that can be noticed', { timeout }, async () => {
    const mutants = securityFiles.flatMap((file) => mutantsOf(file, readFileSync(join(desktopFolder, file), 'utf8')))
    const missed = await huntAll({ appFolder, mutants })
    process.stdout.write(
      `mutants of the desktop's security lines: ${mutants.length - missed.length} of ${mutants.length} noticed\n`,
    )
    expect(mutants.length).toBeGreaterThan(1700)
    expect(missed.map(nameOf).filter((name) => equivalent[name] === undefined)).toEqual([])
    expect((mutants.length - missed.length) / mutants.length).toBeGreaterThanOrEqual(atLeast)
    expect(Object.keys(equivalent).filter((name) => !missed.some((mutant) => nameOf(mutant) === name))).toEqual([])
  })

  it('notice nothing when there are no claims about a line: the count can fail', async () => {
    const without = createHunt({
      claims: claims.filter(({ says }) => !says.includes('WebRTC')),
      appFolder,
      cache: createModuleCache(),
    })
    const text = readFileSync(join(desktopFolder, 'security.ts'), 'utf8')
    const line = "contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')"
    const removed = mutantsOf('security.ts', text).find(({ from, to }) => from === line && to === ';')
    expect(removed).toBeDefined()
    expect(await without(removed)).toBeUndefined()
    expect(await hunt(removed)).toMatch(/WebRTC/)
  })

  it('are held against one change at a time, of every kind', () => {
    const text = "if (a && b !== 1) { f({ x: true, y: ['k'] }) }\nconst g = (): boolean => !/^a$/.test('s' ?? z)\n"
    expect(mutantsOf('x.ts', text).map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'a && b !== 1 → true',
      'a && b !== 1 → false',
      '&& → ||',
      '!== → ===',
      '1 → 1 + 1',
      "f({ x: true, y: ['k'] }) → ;",
      "{ x: true, y: ['k'] } → ({y: ['k']})",
      "{ x: true, y: ['k'] } → ({x: true})",
      'true → false',
      "['k'] → []",
      "'k' → ''",
      '\'k\' → "k~"',
      "!/^a$/.test('s' ?? z) → (undefined as never)",
      "!/^a$/.test('s' ?? z) → (/^a$/.test('s' ?? z))",
      '/^a$/ → /a$/',
      '/^a$/ → /^a/',
      '/^a$/ → /(?:)/',
      "'s' ?? z → ('s')",
      "'s' ?? z → (z)",
      "'s' → ''",
      '\'s\' → "s~"',
    ])
  })
})
