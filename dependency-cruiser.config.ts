// The import table of ARCHITECTURE.md as rules. `test/tooling/imports.test.ts` plants one violation of each and expects
// all of them to be reported, so a rule that matches nothing is noticed.

import type { IConfiguration, IRegularForbiddenRuleType } from 'dependency-cruiser'

const frontDoor = '^electron/core/([^/]+)/\\1\\.ts$'
const local = '^(electron|renderer|shared|tools|test)/'
const packages = '^node_modules/'
/** What runs in the process that reads what others have written. */
const reader = '^electron/core/imports/reader/'
const runtime: { dependencyTypesNot: 'type-only'[] } = { dependencyTypesNot: ['type-only'] }

const never = (
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType => ({ name, comment, severity: 'error', from, to })

const config: IConfiguration = {
  forbidden: [
    never(
      'shared-is-a-leaf',
      'shared/ holds what both sides must agree on: it imports itself and zod.',
      { path: '^shared/' },
      { pathNot: ['^shared/', '^node_modules/zod/'] },
    ),
    never(
      'core-knows-no-host',
      'The core runs under every host, so it may not know any of them, nor the page.',
      { path: '^electron/core/' },
      { path: '^(electron/(desktop|web|cli)|renderer)/' },
    ),
    never(
      'features-share-types-only',
      'A feature gets what it needs passed in by app.ts; from another feature it imports types.',
      { path: '^electron/core/([^/]+)/' },
      { path: '^electron/core/[^/]+/', pathNot: '^electron/core/$1/', ...runtime },
    ),
    never(
      'features-have-one-front-door',
      "Only the file of a feature's own name is imported from outside its folder.",
      { path: '^electron/core/([^/]+)/' },
      { path: '^electron/core/[^/]+/', pathNot: ['^electron/core/$1/', frontDoor] },
    ),
    never(
      'app-uses-front-doors',
      'The parts of the core beside app.ts, and app.ts itself, reach a feature through its front door.',
      { path: '^electron/core/[^/]+\\.ts$' },
      { path: '^electron/core/[^/]+/', pathNot: frontDoor },
    ),
    never(
      'only-app-composes',
      'app.ts is the only place that builds features and passes them to each other.',
      { path: '^electron/core/[^/]+\\.ts$', pathNot: '^electron/core/app\\.ts$' },
      { path: '^electron/core/[^/]+/', ...runtime },
    ),
    never(
      'features-do-not-know-the-app',
      'A feature that imported app.ts would know every other feature.',
      { path: '^electron/core/([^/]+)/' },
      { path: '^electron/core/(app|dispatch|handlers)\\.ts$' },
    ),
    never(
      'readers-know-only-what-they-are-told',
      'What reads files runs in a process of its own: it sees itself, what it says to the core, and types of items.',
      { path: reader },
      {
        path: local,
        pathNot: [
          reader,
          '^electron/core/imports/protocol\\.ts$',
          '^electron/core/(answering|offline|processes|random-access|note-links)\\.ts$',
          '^electron/core/library/library\\.ts$',
          '^shared/',
        ],
      },
    ),
    never(
      'readers-reach-nothing',
      'A parser computes; it opens no file, no connection and no program.',
      { path: reader },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|crypto|module|path|stream|zlib)$' },
    ),
    never(
      'the-core-parses-nothing',
      'What others have written is taken apart in the process of readers and never in the one that has the vault open.',
      { path: '^electron/', pathNot: [reader, '^electron/core/imports/reader\\.process\\.ts$'] },
      { path: reader },
    ),
    never(
      'one-way-out',
      'Every connection is made by core/network, which asks the switch and writes it down. offline.ts takes away what it names.',
      { path: '^electron/(core|cli)/', pathNot: ['^electron/core/network/', '^electron/core/offline\\.ts$'] },
      { dependencyTypes: ['core'], path: '^(node:)?(net|tls|http|https|http2|dgram|dns|dns/promises|inspector)$' },
    ),
    never(
      'models-run-apart',
      'What others have made of numbers is run in a process of its own, which is cut off from everything first.',
      { path: '^electron/core/', pathNot: '^electron/core/models/(transformers/|runtime/|writing/serving\\.ts$)' },
      { path: '^electron/core/models/transformers/(library|writer|embedding)\\.ts$', ...runtime },
    ),
    never(
      'models-are-run-in-one-place',
      'Whoever else loaded the library would load it where the vault is open.',
      { path: '^(electron|shared|tools)/', pathNot: '^electron/core/models/transformers/library\\.ts$' },
      { path: '^node_modules/(@huggingface/transformers|onnxruntime-(node|common))/', ...runtime },
    ),
    never(
      'hosts-use-the-front-of-the-core',
      'A host builds the app and lends it ports; it sees neither features nor the dispatcher.',
      { path: '^electron/(desktop|web|cli)/' },
      { path: '^electron/core/', pathNot: '^electron/core/(app|ports|folders|ending|log|saving|version)\\.ts$' },
    ),
    never(
      'hosts-stand-alone',
      'Hosts never import each other.',
      { path: '^electron/(desktop|web|cli)/' },
      { path: '^electron/(desktop|web|cli)/', pathNot: '^electron/$1/' },
    ),
    never(
      'hosts-do-not-import-the-page',
      'The page is built and served; it is not imported.',
      { path: '^electron/(desktop|web|cli)/' },
      { path: '^renderer/' },
    ),
    never(
      'only-desktop-imports-electron',
      'Everything else must run where Electron is not.',
      { path: '^(electron/(core|web|cli)|renderer|shared|tools)/' },
      { path: '(^|/)node_modules/electron/|^electron$' },
    ),
    never(
      'the-page-has-no-node',
      'The page runs in a browser: nothing of Node, nothing of the hosts or the core.',
      { path: '^renderer/' },
      { path: '^electron/' },
    ),
    never(
      'the-page-has-no-node-modules',
      'The page runs in a browser, where the modules of Node do not exist.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'the-page-loads-no-parser',
      'The parser that the api is checked with looks for a way to make code out of text, which the page may not do.',
      { path: ['^renderer/', '^shared/[^/]+$'] },
      { path: ['^shared/api/', '^node_modules/zod/'], ...runtime },
    ),
    never(
      'screens-stand-alone',
      'A screen is made of renderer/ui, renderer/words, renderer/api.ts and shared/; never of another screen.',
      { path: '^renderer/screens/([^/]+)/' },
      { path: local, pathNot: ['^renderer/screens/$1/', '^renderer/ui/', '^renderer/(api\\.ts$|words/)', '^shared/'] },
    ),
    never(
      'the-page-has-one-way-to-the-core',
      'Behind renderer/api.ts nobody but itself looks.',
      { path: '^renderer/', pathNot: '^renderer/api(\\.ts$|/)' },
      { path: '^renderer/api/' },
    ),
    never(
      'ui-knows-no-feature',
      'The design system imports itself and packages.',
      { path: '^renderer/ui/' },
      { path: local, pathNot: '^renderer/ui/' },
    ),
    never(
      'migrations-are-frozen',
      'A migration imports nothing local: what it does may never change with the code around it.',
      { path: '^electron/core/vault/migrations/[0-9]' },
      { path: local },
    ),
    never(
      'nobody-imports-tests',
      'Tests import the product, never the other way round.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    never(
      'nobody-imports-tools',
      'Tools work on the product; the product does not know them.',
      { path: '^(electron|renderer|shared)/' },
      { path: '^tools/' },
    ),
    never(
      'product-runs-without-dev-dependencies',
      "What runs outside the page is installed without dev dependencies. Electron itself is the desktop's runtime.",
      { path: '^(electron|shared)/' },
      { path: packages, pathNot: '^node_modules/electron/', dependencyTypes: ['npm-dev'], ...runtime },
    ),
    never(
      'packages-are-declared',
      'A package that package.json does not name may disappear with the next update of another.',
      { path: local },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    never(
      'imports-resolve',
      'An import that leads nowhere hides every rule it would break.',
      {},
      { couldNotResolve: true },
    ),
    never(
      'no-cycles',
      'Two files that need each other are one file, or three. Types alone may refer to each other.',
      {},
      { circular: true, viaOnly: runtime },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    combinedDependencies: false,
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}

export default config
