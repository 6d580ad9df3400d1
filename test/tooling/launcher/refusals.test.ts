// What the launcher says when it cannot go on.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRegistry, write } from './checkout.ts'

let registry: Awaited<ReturnType<typeof openRegistry>>
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

describe('the launcher refuses in one plain sentence', () => {
  const refusal = async (parts: Parameters<typeof registry.launch>[0]): Promise<string> => {
    const { status, stdout, stderr } = await registry.launch(parts)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Installing what'))
    expect(said).toHaveLength(1)
    return said[0] ?? ''
  }

  it('a Node that is too old to start with', async () => {
    expect(await refusal({ folder: registry.checkout(), node: '16.20.2' })).toContain('needs Node 18 or newer')
  })

  it('a registry that cannot be reached', async () => {
    const env = { npm_config_registry: 'http://127.0.0.1:9/' }
    expect(await refusal({ folder: registry.checkout(), env })).toContain('connect to the network')
  })

  it('a lockfile that does not belong to the manifest, naming what npm says', async () => {
    const folder = registry.checkout()
    const manifest = { name: 'small', version: '1.0.0', dependencies: { absent: '1.0.0' } }
    write(folder, 'package.json', JSON.stringify(manifest))
    expect(await refusal({ folder })).toContain('run "npm ci"')
  })

  it('a home directory in which npm cannot keep anything', async () => {
    const folder = registry.checkout()
    // Required here, because npm says nothing about an optional package that it could not keep.
    for (const file of ['package.json', 'package-lock.json'].map((name) => join(folder, name))) {
      const text = readFileSync(file, 'utf8').replace('optionalDependencies', 'dependencies')
      writeFileSync(file, text.replace(',"optional":true', ''))
    }
    write(folder, 'home', 'a file where a folder should be')
    expect(await refusal({ folder, env: { npm_config_cache: join(folder, 'home', '.npm') } })).toContain(
      'home directory',
    )
  })

  it('a task that does not exist', async () => {
    expect(await refusal({ folder: registry.checkout(), args: ['strat'] })).toContain('start, test')
  })
})
