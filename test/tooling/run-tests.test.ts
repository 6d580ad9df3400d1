// The end of a test run, as somebody sees it who has only the end of its log: a real vitest over four small files.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const begin = `import { it, expect, describe, beforeAll } from 'vitest'\n`
let folder = ''

beforeEach(() => {
  // Where vitest is found, and what a run leaves behind is nobody's.
  const cache = join(root, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'run-tests-'))
  write('vitest.config.ts', `export default { test: { name: 'small', include: ['*.test.ts'] } }`)
  write('good.test.ts', `${begin}it('holds', () => expect(1).toBe(1))\nit.skip('waits', () => {})`)
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

function run(): { readonly status: number | null; readonly end: readonly string[] } {
  const code = `import { runTests } from ${JSON.stringify(join(root, 'tools/run-tests.ts'))}
    process.exit(await runTests({ args: [] }))`
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: folder,
    encoding: 'utf8',
  })
  const lines = stdout.trimEnd().split('\n')
  return { status, end: lines.slice(lines.includes('Failed:') ? lines.lastIndexOf('Failed:') : -1) }
}

describe('a test run', () => {
  it('ends with one line of totals when nothing failed', () => {
    expect(run()).toEqual({ status: 0, end: ['1 passed, 0 failed, 1 skipped'] })
  })

  it('names every failure with the first lines of its error just before the totals', () => {
    write('bad.test.ts', `${begin}describe('a sum', () => { it('is right', () => expect(1 + 1, 'the sum').toBe(3)) })`)
    write('broken.test.ts', `throw new Error('no such thing\\n\\nsecond\\nthird\\nfourth')`)
    write(
      'hook.test.ts',
      `${begin}describe('all', () => {
      beforeAll(() => { throw new Error('the hook') })
      it('is never reached', () => {})
    })`,
    )
    expect(run()).toEqual({
      status: 1,
      end: [
        'Failed:',
        '  small bad.test.ts > a sum > is right',
        '    the sum: expected 2 to be 3 // Object.is equality',
        '  small broken.test.ts',
        '    no such thing',
        '    second',
        '    third',
        '  small hook.test.ts > all',
        '    the hook',
        '1 passed, 3 failed, 2 skipped',
      ],
    })
  })

  it('names an error that no test waited for', () => {
    write('late.test.ts', `${begin}it('goes on', () => { void Promise.reject(new Error('nobody waited')) })`)
    const { status, end } = run()
    expect(status).toBe(1)
    expect(end).toEqual(['Failed:', '  outside any test', '    nobody waited', '2 passed, 1 failed, 1 skipped'])
  })
})
