// The small parts of the browser host, each for itself: the page in memory, the folders, the sizes of things.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFolders } from '../../../electron/core/folders.ts'
import { parseJson } from '../../../electron/web/body.ts'
import { readPageFiles } from '../../../electron/web/files.ts'
import { createBucket } from '../../../electron/web/limits.ts'
import { createPlainPorts } from '../../../electron/core/ports.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('the page in memory', () => {
  it('is found by what its addresses are, and by nothing else', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'assets'))
    for (const name of ['index.html', 'assets/main.js', 'assets/main.js.map', 'assets/main.css', 'notes.md']) {
      writeFileSync(join(folder, name), name)
    }
    symlinkSync('/etc/hostname', join(folder, 'link.txt'))
    const files = readPageFiles(folder)
    expect([...files.keys()].toSorted()).toEqual(['/', '/assets/main.css', '/assets/main.js'])
    expect(files.get('/')).toEqual({ type: 'text/html; charset=utf-8', body: Buffer.from('index.html') })
  })

  it('is said to be missing where it was not built', () => {
    const folder = temporaryFolder()
    expect(() => readPageFiles(folder)).toThrow(expect.objectContaining({ code: 'PAGE_MISSING' }))
    expect(() => readPageFiles(join(folder, 'none'))).toThrow(expect.objectContaining({ code: 'PAGE_MISSING' }))
  })
})

describe('the folders', () => {
  it.each([
    {
      platform: 'linux',
      env: { HOME: '/home/a' },
      folder: '/home/a/.local/share/mindkeep',
      stateFolder: '/home/a/.local/state/mindkeep',
    },
    {
      platform: 'linux',
      env: { HOME: '/home/a', XDG_DATA_HOME: '/data', XDG_STATE_HOME: '/state' },
      folder: '/data/mindkeep',
      stateFolder: '/state/mindkeep',
    },
    {
      platform: 'linux',
      env: { HOME: '/home/a', XDG_DATA_HOME: 'data', XDG_STATE_HOME: '' },
      folder: '/home/a/.local/share/mindkeep',
      stateFolder: '/home/a/.local/state/mindkeep',
    },
    {
      platform: 'darwin',
      env: { HOME: '/Users/a' },
      folder: '/Users/a/Library/Application Support/Mindkeep/vault',
      stateFolder: '/Users/a/Library/Application Support/Mindkeep/state',
    },
    {
      platform: 'win32',
      env: { APPDATA: 'C:\\Users\\a\\AppData\\Roaming', USERPROFILE: 'C:\\Users\\a' },
      folder: 'C:\\Users\\a\\AppData\\Roaming\\Mindkeep\\vault',
      stateFolder: 'C:\\Users\\a\\AppData\\Local\\Mindkeep\\state',
    },
  ] as const)('on $platform with $env are $folder and $stateFolder', ({ platform, env, folder, stateFolder }) => {
    expect(findFolders({ platform, env, isFolder: () => true })).toEqual({ folder, stateFolder })
  })

  it.each([{}, { HOME: '' }, { HOME: 'relative' }, { HOME: '/nowhere/at/all' }])(
    'are refused without a home folder: %o',
    (env) => {
      expect(() => findFolders({ platform: 'linux', env })).toThrow(expect.objectContaining({ code: 'NO_HOME_FOLDER' }))
    },
  )

  it('need no home where both are named', () => {
    const env = { XDG_DATA_HOME: '/data', XDG_STATE_HOME: '/state' }
    expect(findFolders({ platform: 'linux', env, isFolder: () => false }).folder).toBe('/data/mindkeep')
  })
})

describe('a bucket', () => {
  it('lets a burst through, then as much as flows in', async () => {
    const clock = createFakeClock()
    const bucket = createBucket({ clock }, { burst: 3, perSecond: 2 })
    const takes = (times: number): number => Array.from({ length: times }, () => bucket.take()).filter(Boolean).length
    expect(takes(10)).toBe(3)
    await clock.advance(1_000)
    expect(takes(10)).toBe(2)
    await clock.advance(3_600_000)
    expect(takes(10)).toBe(3)
  })

  it('is not frozen by a clock that is set back', async () => {
    const clock = createFakeClock()
    const bucket = createBucket({ clock }, { burst: 1, perSecond: 1 })
    expect(bucket.take()).toBe(true)
    clock.set(new Date('2000-01-01T00:00:00.000Z'))
    expect(bucket.take()).toBe(false)
    await clock.advance(1_000)
    expect(bucket.take()).toBe(true)
  })
})

describe('a body', () => {
  it('is JSON in UTF-8, any text and any number of fields', () => {
    const value = { name: 'Zoë 🗝', list: [1, 'two', null, { three: true }] }
    expect(parseJson(Buffer.from(JSON.stringify(value)))).toEqual(value)
  })

  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
  it.each([
    ['broken UTF-8', '{"a":"\xc3\x28"}'],
    ['UTF-8 longer than needed', '{"a":"\xc0\xaf"}'],
    ['a byte order mark', '\xef\xbb\xbf{}'],
    ['a prototype', '{"__proto__":{}}'],
    ['a prototype in escapes, further down', '{"a":[{"\\u005f_proto__":1}]}'],
    ['33 levels', nested(33)],
    ['30,000 levels', nested(30_000)],
  ])('is refused with %s', (_name, text) => {
    expect(() => parseJson(Buffer.from(text, 'latin1'))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
  })

  it('may be 32 levels deep', () => {
    expect(parseJson(Buffer.from(nested(32)))).toBeInstanceOf(Array)
  })
})

describe('what the host lends the core', () => {
  it('is a clock and a log: no secret store and no save dialog', () => {
    expect(Object.keys(createPlainPorts({ stateFolder: temporaryFolder() })).toSorted()).toEqual(['clock', 'log'])
  })
})
