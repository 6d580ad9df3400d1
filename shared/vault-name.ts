// What a vault may be called. The page asks before the recovery kit is shown, because nobody should write down words for a
// vault that is then refused; the core asks again.
export const longestVaultName = 80

/**
 * One line of ordinary writing: nothing that moves a cursor or turns the direction of what stands around it, no half of a
 * character, and something to see.
 */
export const plainLine =
  /^(?=.*[^\p{Default_Ignorable_Code_Point}\p{White_Space}\u2800])[^\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]*$/u
