// What items are told apart by, in plain words: the page shows these and may not load the parser that the api is checked
// with, which looks for a way to make code out of text where there is none.

/** From the least private to the most. Later features obey it: what may be read, suggested from, shared. */
export const levels = ['ordinary', 'personal', 'health', 'secret'] as const

export const roles = ['from', 'to', 'with', 'about'] as const

export const longestTitle = 500
export const longestSource = 40
export const longestTag = 60
export const tagPattern =
  /^[^\s,#"\p{Cc}\p{Bidi_Control}](?:[^,#"\p{Cc}\p{Bidi_Control}]*[^\s,#"\p{Cc}\p{Bidi_Control}])?$/u
export const longestCollection = 80
export const longestImportName = 120
export const collectionPattern = /^[^\p{Cc}\p{Bidi_Control}]+$/u
