// When a thing was, as it is told: in the offset it was lived in, whichever way somebody came upon it.

const minuteMs = 60_000

/** What is told of a thing without a time of its own: when it was added, marked by its `timing`. */
export const toldAt = ({
  timing,
  at,
  added,
}: {
  readonly timing: string
  readonly at: number
  readonly added: number
}) => (timing === 'none' ? added : at)

/** As it was lived, with its offset. */
export function lived(at: number, east: number): string {
  const local = new Date(at + east * minuteMs).toISOString()
  if (east === 0) return local
  const [hours, minutes] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local.slice(0, -1)}${east < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`
}
