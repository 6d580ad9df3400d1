// What keeps one from its work must not keep the others: a damaged row stops its own import, and not every import.

/** Throws what went wrong first, when all have had their turn. */
export function eachAlone<T>(all: readonly T[], act: (one: T) => void): void {
  const failures: unknown[] = []
  for (const one of all) {
    try {
      act(one)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
