// The rows as a table for people. It rounds for the eye alone; under --json every digit is there.
import type { Row } from './harness.ts'

export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${short(row.figure)} ${row.unit}`,
    row.baseline === undefined ? '' : `${short(row.baseline)} ${row.unit}`,
    row.ratio === undefined ? '' : `${short(row.ratio)}×`,
    goalOf(row),
    row.holds ? 'yes' : 'NO',
  ])
  const lines = [['row', 'figure', 'baseline', 'ratio', 'goal', 'holds'], ...cells]
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const aligned = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [...aligned, '', ...rows.map(({ name, says }) => `${name}: ${says}`)].join('\n')
}

function goalOf({ better, floor, goal, judged, unit }: Row): string {
  const of = judged === 'ratio' ? '×' : ` ${unit}`
  if (floor !== undefined) return `${floor} to ${goal}${of}`
  return `${better === 'lower' ? '≤' : '≥'} ${goal}${of}`
}

const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
