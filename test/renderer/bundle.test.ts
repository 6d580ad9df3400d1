import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildRenderer } from '../../tools/renderer-build.ts'

const root = resolve(import.meta.dirname, '../..')
const out = join(root, 'out/renderer')
const read = (name: string) => readFileSync(join(out, name), 'utf8')
const assets = () => readdirSync(join(out, 'assets')).map((name) => `assets/${name}`)
const limit = 300 * 1024

/** A chunk and everything that has to be loaded before it runs. */
function withImports(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen
  seen.add(entry)
  for (const [, found = ''] of read(entry).matchAll(/(?:from|import)"(\.\/[^"]+\.js)"/g))
    withImports(join(dirname(entry), found), seen)
  return seen
}

const chunk = (name: string) => {
  const found = assets().find((asset) => asset.startsWith(`assets/${name}-`) && asset.endsWith('.js'))
  if (found === undefined) throw new Error(`no chunk is named ${name}`)
  return found
}

describe('the built page', () => {
  beforeAll(async () => {
    await buildRenderer({ root })
  }, 120_000)

  it('has nothing inline: its policy allows neither scripts nor styles in the document', () => {
    const html = read('index.html')
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/)
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/)
    expect(html).toMatch(/<script type="module"[^>]* src="\.\//)
  })

  it('keeps the id that React Aria looks for before it adds a style of its own, and has that style', () => {
    expect(read('index.html')).toContain('id="react-aria-pressable-style"')
    expect(
      assets()
        .filter((name) => name.endsWith('.css'))
        .map(read)
        .join(''),
    ).toContain('[data-react-aria-pressable]')
    // Should the library rename it, this fails here rather than as a violation on every screen.
    const usePress = readFileSync(join(root, 'node_modules/react-aria/dist/private/interactions/usePress.mjs'), 'utf8')
    expect(usePress).toContain("'react-aria-pressable-style'")
  })

  it('carries no parser: the core has checked what comes, and a parser compiles code, which the policy forbids', () => {
    const scripts = assets().filter((name) => name.endsWith('.js'))
    expect(scripts.filter((name) => /ZodError|\$ZodType/.test(read(name)))).toEqual([])
  })

  it('takes at most 300 KB, gzipped, to show the first screen in either language', () => {
    const html = read('index.html')
    const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, name = '']) => name)
    for (const screen of ['Welcome', 'Unlock', 'Home']) {
      for (const language of ['en', 'de']) {
        const scripts = new Set(
          [...named.filter((name) => name.endsWith('.js')), chunk(screen), chunk(language)].flatMap((name) => [
            ...withImports(name),
          ]),
        )
        // Every style sheet is counted, though a screen loads only its own.
        const files = [...scripts, ...assets().filter((name) => name.endsWith('.css')), 'index.html']
        const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(out, name))).length, 0)
        expect(scripts.size).toBeGreaterThan(5)
        expect(bytes, `${screen} in ${language}`).toBeLessThanOrEqual(limit)
      }
    }
  })

  it('knows nothing of the gallery, which is there in a development build', () => {
    const withGallery = (text: string) => text.includes('/dev/gallery') || text.includes('Filled danger')
    expect(assets().filter((name) => withGallery(read(name)))).toEqual([])
    const dev = join(root, 'out/renderer-development')
    const built = spawnSync(process.execPath, developmentBuild(dev), {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    })
    expect(built.status).toBe(0)
    const found = readdirSync(join(dev, 'assets')).filter((name) =>
      withGallery(readFileSync(join(dev, 'assets', name), 'utf8')),
    )
    expect(found.length).toBeGreaterThan(0)
  }, 120_000)

  it('carries the words of React Aria in the spoken languages only', () => {
    expect(existsSync(out)).toBe(true)
    const scripts = assets()
      .filter((name) => name.endsWith('.js'))
      .map(read)
      .join('')
    // From React Aria's own French and Spanish.
    expect(scripts).not.toMatch(/Rejeter|Descartar/)
    expect(scripts).toMatch(/Schließen/)
  })
})

const developmentBuild = (outDir: string) => [
  join(root, 'node_modules/vite/bin/vite.js'),
  ...[
    'build',
    '--config',
    'vite.renderer.config.ts',
    '--mode',
    'development',
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ],
]
