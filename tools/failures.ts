// Says at the very end of a run which tests failed and why, in a few lines each, for whoever keeps only the end of a log.
import { stripVTControlCharacters } from 'node:util'
import type { TestModule, Vitest } from 'vitest/node'

const mostNamed = 40
const linesOfAnError = 3
const charactersOfALine = 240

interface Failure {
  readonly where: string
  readonly errors: readonly { readonly message: string }[]
}

export function failureLines(vitest: Vitest): readonly string[] {
  const inTests = vitest.state.getTestModules().flatMap(failuresOf)
  // By file, not by who was done first: two runs with the same failures end alike.
  const failures = [...inTests.toSorted((a, b) => a.where.localeCompare(b.where)), ...outsideTests(vitest)]
  if (failures.length === 0) return []
  const named = failures.slice(0, mostNamed).flatMap(({ where, errors }) => [`  ${where}`, ...errors.flatMap(shorten)])
  const rest = failures.length - mostNamed
  return ['Failed:', ...named, ...(rest > 0 ? [`  … and ${rest} more`] : [])]
}

function failuresOf(module: TestModule): Failure[] {
  const file = `${module.project.name} ${module.relativeModuleId}`
  const broken = [module, ...module.children.allSuites()]
    .filter((part) => part.errors().length > 0)
    .map((part) => ({ where: part.type === 'suite' ? `${file} > ${part.fullName}` : file, errors: part.errors() }))
  const failed = [...module.children.allTests()].flatMap((test) => {
    const result = test.result()
    const where = `${file} > ${test.fullName}`
    if (result.state === 'failed') return [{ where, errors: result.errors.slice(0, 1) }]
    return result.state === 'pending' ? [{ where, errors: [{ message: 'It never came back.' }] }] : []
  })
  return [...broken, ...failed]
}

const outsideTests = (vitest: Vitest): Failure[] =>
  vitest.state.getUnhandledErrors().map((error) => ({
    where: 'outside any test',
    errors: [{ message: error instanceof Error ? error.message : messageOf(error) }],
  }))

/** What another process threw arrives as plain data. */
const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)

const shorten = ({ message }: { readonly message: string }): string[] =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, linesOfAnError)
    .map((line) => `    ${line.trim().slice(0, charactersOfALine)}`)
