// What a vault may be called. The page asks before the recovery kit is shown, because nobody should write down words for a
// vault that is then refused; the core asks again.
export const longestVaultName = 80

/** One line of ordinary writing: nothing that moves a cursor or turns the direction of what stands around it. */
export const plainLine = /^[^\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]*$/u
