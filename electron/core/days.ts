// Days of the calendar, as YYYY-MM-DD.

export const dayMs = 86_400_000

/** Midnight of it, were it lived at UTC; NaN where it is none. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export const plusDays = (day: string, days: number): string =>
  new Date(startOfDay(day) + days * dayMs).toISOString().slice(0, 10)
