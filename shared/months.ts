// The names of months as dates spell them, in files and in what is typed, in the languages of the people and the exports we
// have met; taken from the platform, so that no list of ours can be wrong.
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'nb', 'fi', 'cs', 'tr', 'ru', 'uk']

const bare = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}.]/gu, '')

function named(): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const language of languages) {
    for (const month of ['long', 'short'] as const) {
      // With the day beside it, since many languages bend the name then.
      for (const shape of [{ month }, { month, day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(language, { ...shape, timeZone: 'UTC' })
        for (let index = 0; index < 12; index++) {
          const parts = format.formatToParts(Date.UTC(2026, index, 1))
          const name = bare(parts.find(({ type }) => type === 'month')?.value ?? '')
          if (/^\p{L}{2,}$/u.test(name) && !names.has(name)) names.set(name, index + 1)
        }
      }
    }
  }
  return names.set('sept', 9)
}

/** Made when the first is asked for: it takes as long as all the rest of a start, and most never ask. */
let months: ReadonlyMap<string, number> | undefined

/** 1 to 12, or 0 for what is no month. */
export const monthNamed = (name: string): number => (months ??= named()).get(bare(name)) ?? 0
