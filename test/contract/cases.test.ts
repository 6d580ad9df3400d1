// The table of cases is complete: no method of the api is without one, on any transport.
import { describe, expect, it } from 'vitest'
import { api } from '../../shared/api/api.ts'
import type { World } from './case.ts'
import { cases } from './cases/index.ts'
import { casesOver } from './suite.ts'

const nowhere: World = { host: 'cli', folder: '', passphrase: '', words: Array.from({ length: 24 }, () => '') }

describe('the table of api cases', () => {
  it.each([
    ['a transport that keeps its core', true],
    ['a transport that starts one for each step', false],
  ])('leaves out no method over %s', (_which, oneProcess) => {
    const covered = new Set(casesOver({ oneProcess }).flatMap((one) => one.steps(nowhere).map(({ method }) => method)))
    expect(Object.keys(api).filter((method) => !covered.has(method))).toEqual([])
  })

  it('gives each case a name of its own', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })
})
