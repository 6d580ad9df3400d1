// The import rules, proved both ways: the tree as it is breaks none, and a copy with one violation of each planted in it
// has every single one reported by name.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import config from '../../dependency-cruiser.config.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = resolve(import.meta.dirname, '../..')
const folders = ['electron', 'renderer', 'shared', 'tools', 'test']

const report = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

function cruise(tree: string): z.infer<typeof report> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  // In the copy node_modules is a link; packages have to keep the name under which the rules know them.
  const args = [program, '--preserve-symlinks', '--config', 'dependency-cruiser.config.ts', '--output-type', 'json']
  const { stdout, stderr } = spawnSync(process.execPath, [...args, ...folders], {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  expect(stderr).toBe('')
  return report.parse(JSON.parse(stdout))
}

/** Rule name → the file that breaks it, and what that file says. */
const planted: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'shared-is-a-leaf': ['shared/planted.ts', "import 'node:fs'"],
  'core-knows-no-host': ['electron/core/planted-host.ts', "import '../web/server.ts'"],
  'features-share-types-only': ['electron/core/ledger/planted.ts', "import '../vault/vault.ts'"],
  'features-have-one-front-door': ['electron/core/jobs/planted.ts', "import type {} from '../vault/keys/keys.ts'"],
  'app-uses-front-doors': ['electron/core/planted-back-door.ts', "import type {} from './vault/keys/keys.ts'"],
  'only-app-composes': ['electron/core/planted-composer.ts', "import './vault/vault.ts'"],
  'features-do-not-know-the-app': ['electron/core/settings/planted.ts', "import type {} from '../app.ts'"],
  'readers-know-only-what-they-are-told': [
    'electron/core/imports/reader/formats/planted-core.ts',
    "import type {} from '../../import-rows.ts'",
  ],
  'readers-reach-nothing': ['electron/core/imports/reader/planted-disk.ts', "import 'node:fs/promises'"],
  'the-core-parses-nothing': ['electron/core/imports/planted-parser.ts', "import './reader/importers.ts'"],
  'models-run-apart': ['electron/core/models/writing/planted-model.ts', "import '../transformers/library.ts'"],
  'models-are-run-in-one-place': ['electron/core/search/planted-model.ts', "import '@huggingface/transformers'"],
  'one-way-out': ['electron/core/search/planted-connection.ts', "import 'node:https'"],
  'hosts-use-the-front-of-the-core': ['electron/cli/planted-core.ts', "import '../core/vault/vault.ts'"],
  'hosts-stand-alone': ['electron/cli/planted-host.ts', "import '../web/server.ts'"],
  'hosts-do-not-import-the-page': ['electron/web/planted-page.ts', "import '../../renderer/api.ts'"],
  'only-desktop-imports-electron': ['electron/web/planted-electron.ts', "import type {} from 'electron'"],
  'the-page-has-no-node': ['renderer/planted-core.ts', "import type {} from '../electron/core/ports.ts'"],
  'the-page-has-no-node-modules': ['renderer/planted-node.ts', "import 'node:fs'"],
  'the-page-loads-no-parser': ['renderer/planted-parser.ts', "import '../shared/api/imports.ts'"],
  'screens-stand-alone': ['renderer/screens/home/planted.ts', "import '../unlock/Unlock.tsx'"],
  'the-page-has-one-way-to-the-core': ['renderer/words/planted.ts', "import '../api/client.ts'"],
  'ui-knows-no-feature': ['renderer/ui/planted.ts', "import '../api.ts'"],
  'migrations-are-frozen': ['electron/core/vault/migrations/9990-planted.ts', "import '../keys/keys.ts'"],
  'nobody-imports-tests': ['tools/planted.ts', "import '../test/support/fake-clock.ts'"],
  'nobody-imports-tools': ['electron/core/planted-tool.ts', "import '../../tools/totals.ts'"],
  'product-runs-without-dev-dependencies': ['electron/core/planted-dev.ts', "import 'fast-check'"],
  'packages-are-declared': ['electron/core/planted-package.ts', "import 'tinyglobby'"],
  'imports-resolve': ['electron/core/planted-nothing.ts', "import './nowhere.ts'"],
  'no-cycles': ['electron/core/planted-cycle-a.ts', "import './planted-cycle-b.ts'"],
}

describe('what may import what', () => {
  it('is obeyed by every file, and the files were really read', () => {
    const { modules, summary } = cruise(root)
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
    const own = modules.filter(({ source }) => /\.tsx?$/.test(source) && !source.startsWith('node_modules/'))
    // Some TypeScript versions make the tool read nothing and report success.
    expect(own.length).toBeGreaterThan(150)
    expect(own.flatMap(({ dependencies }) => dependencies).length).toBeGreaterThan(600)
  })

  it('has a planted violation for every rule', () => {
    expect(Object.keys(planted).toSorted()).toEqual(config.forbidden?.map(({ name }) => name).toSorted())
  })

  it('reports every planted violation by the name of its rule', () => {
    const tree = temporaryFolder()
    for (const name of [...folders, 'dependency-cruiser.config.ts', 'package.json']) {
      cpSync(join(root, name), join(tree, name), { recursive: true })
    }
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    for (const [file, text] of Object.values(planted)) {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      writeFileSync(join(tree, file), `${text}\n`)
    }
    writeFileSync(join(tree, 'electron/core/planted-cycle-b.ts'), "import './planted-cycle-a.ts'\n")

    const found = cruise(tree).summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
    for (const [rule, [file]] of Object.entries(planted)) expect(found).toContain(`${rule}: ${file}`)
  })
})
