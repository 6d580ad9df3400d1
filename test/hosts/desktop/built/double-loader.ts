// Loads the built main process and preload exactly as they were written to disk, with Electron's double in place of
// Electron. Each world gets a main process of its own: the number of the world travels along with every import.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileFunction } from 'node:vm'
import type { Target } from '../double/target.ts'

const shelf = Symbol.for('mindkeep.double')

export function createBuiltTarget(appFolder: string): Target {
  const worlds = new Map<string, object>()
  Object.assign(globalThis, { [shelf]: worlds })

  registerHooks({
    resolve(specifier, context, next) {
      const world = /\?world=\d+$/.exec(context.parentURL ?? '')?.[0]
      if (specifier === 'electron' && world !== undefined) return { url: `double:electron${world}`, shortCircuit: true }
      const found = next(specifier, context)
      return world !== undefined && specifier.startsWith('.') ? { ...found, url: `${found.url}${world}` } : found
    },
    load(url, context, next) {
      if (!url.startsWith('double:')) return next(url, context)
      const world = url.slice('double:electron'.length)
      const source = [
        `const electron = globalThis[Symbol.for('mindkeep.double')].get('${world}')`,
        ...Object.keys(worlds.get(world) ?? {}).map((name) => `export const ${name} = electron.${name}`),
      ]
      return { format: 'module', source: source.join('\n'), shortCircuit: true }
    },
  })

  return {
    async main(electron) {
      const world = `?world=${worlds.size + 1}`
      worlds.set(world, electron)
      await import(`${pathToFileURL(join(appFolder, 'out', 'main', 'main.js')).href}${world}`)
    },
    preload(electron) {
      const path = join(appFolder, 'out', 'preload', 'preload.cjs')
      // A sandboxed preload is run as one script, and may require little more than `electron`.
      const run = compileFunction(readFileSync(path, 'utf8'), ['require'], { filename: path }) as (
        require: unknown,
      ) => void
      run((name: string) => {
        if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`)
        return electron
      })
    },
  }
}
