// How many words a recovery kit has, and where one ends and the next begins however they are typed. Whether they are the
// right ones is not known here.
export const recoveryWordCount = 24

/** Numbers and signs between the words, as on the kit, are no part of them. */
export const splitWords = (typed: string): readonly string[] => typed.split(/[\s,;.\d]+/u).filter((word) => word !== '')
