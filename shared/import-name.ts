// What an import of several things is called: by the first of them and how many more there are. It is kept in English and
// told in whichever language the person reads.

export const importName = (first: string, more: number): string => (more === 0 ? first : `${first} and ${more} more`)

/** Undoes `importName`. What somebody called so themselves says the same. */
export function partsOfImportName(name: string): { readonly first: string; readonly more: number } {
  const [, first, more] = /^(.+) and ([1-9]\d*) more$/s.exec(name) ?? []
  return first === undefined ? { first: name, more: 0 } : { first, more: Number(more) }
}
