// Loads the desktop's sources under the double, in this process and without writing anything, so that one changed line can
// be tried in milliseconds. Modules outside electron/desktop keep no state and are loaded once.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { compileFunction } from 'node:vm'
import ts from 'typescript'

const root = resolve(import.meta.dirname, '../../../..')
export const desktopFolder = join(root, 'electron', 'desktop')
const requirePackage = createRequire(join(root, 'package.json'))

type ModuleBody = (exports: object, require: (name: string) => unknown) => void

/** Strips the types and turns imports into calls, so that `electron` can be the double. */
export function compile(path: string, text: string): ModuleBody {
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2024, esModuleInterop: true },
  })
  return compileFunction(outputText, ['exports', 'require'], { filename: path }) as ModuleBody
}

export interface Loader {
  /**
   * Runs one entry of electron/desktop (`main.ts`), fresh, with `electron` standing for Electron.
   */
  readonly run: (entry: string, electron: object) => void
  /** What a module exports that has no use for Electron itself; loaded once. */
  readonly load: (module: string) => object
}

export interface LoaderParts {
  /** Files, by their whole path, whose text is to be taken from here instead of the disk. */
  readonly changed?: ReadonlyMap<string, ModuleBody>
  readonly cache: ModuleCache
}

export type ModuleCache = ReturnType<typeof createModuleCache>

export function createModuleCache() {
  const bodies = new Map<string, ModuleBody>()
  const shared = new Map<string, object>()
  const bodyOf = (path: string): ModuleBody => {
    const found = bodies.get(path) ?? compile(path, readFileSync(path, 'utf8'))
    bodies.set(path, found)
    return found
  }
  return { bodyOf, shared }
}

export function createLoader({ changed = new Map(), cache }: LoaderParts): Loader {
  /** Only entries are handed Electron; what they import is given all it needs, and keeps no state either. */
  const own = new Map<string, object>()
  const run = (path: string, exports: object, electron?: object): object => {
    const body = changed.get(path) ?? cache.bodyOf(path)
    body(exports, (name) => {
      if (name === 'electron') return electron
      return name.startsWith('.') ? load(resolve(dirname(path), name)) : (requirePackage(name) as unknown)
    })
    return exports
  }
  const load = (path: string): object => {
    const isOwn = dirname(path) === desktopFolder || changed.has(path)
    const registry = isOwn ? own : cache.shared
    const found = registry.get(path)
    if (found !== undefined) return found
    const exports = {}
    registry.set(path, exports)
    return run(path, exports)
  }
  return {
    run: (entry, electron) => void run(join(desktopFolder, entry), {}, electron),
    load: (module) => load(join(desktopFolder, module)),
  }
}
