// Joins class names. CSS Modules look names up in a record, so a name may be undefined as far as the types know.
export const cx = (...names: readonly (string | undefined | false)[]): string => names.filter(Boolean).join(' ')
