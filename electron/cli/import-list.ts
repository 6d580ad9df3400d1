// What was brought in, line by line for a person, and how to go on with what was not brought to its end.
import type { ImportSummary } from '../../shared/api/imports.ts'
import { importText } from './printable.ts'

export function listText(all: readonly ImportSummary[]): string {
  if (all.length === 0) return 'Nothing was brought in yet.'
  const lines = all.map(({ id, at, state, added, changed, duplicate, failed, name }) => {
    const counts = `${added} added · ${duplicate + changed} already here · ${failed} could not be read`
    return `${id}  ${at.slice(0, 10)}  ${state.padEnd(11)}  ${importText(name)}: ${counts}`
  })
  const cutShort = all.filter(({ state, job }) => job === null && (state === 'interrupted' || state === 'stopped'))
  const half = all.filter(({ state }) => state === 'half-undone')
  const ways = [
    ...cutShort.flatMap(howToGoOn),
    ...half.map(({ id }) => `"mindkeep undo ${id}" goes on taking it back: that was stopped half-way.`),
  ]
  return [...lines, ...ways].join('\n')
}

/** Nothing where what it would read is not here any more. */
function howToGoOn({ id, of, name, canGoOn }: ImportSummary): readonly string[] {
  if (canGoOn) return [`"mindkeep import --resume ${id}" goes on where it was cut short.`]
  if (of === 'files') return []
  return [`${importText(name)} was cut short: "mindkeep restore" with the same export again brings the rest.`]
}
