// Numbers that states give to people, told from any other number by their own checksums. Where a checksum alone says too
// little, the text has to name the number as well.

interface NationalId {
  readonly pattern: RegExp
  readonly isOne: (found: string) => boolean
  /** Has to stand somewhere in the text. */
  readonly named?: RegExp
}

const digitsOf = (text: string): number[] => Array.from(text.replaceAll(/\D/g, ''), Number)
const weighed = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0)

/** ISO 7064, MOD 11,10; of the first ten digits one stands there two or three times, the others at most once. */
function isGermanTaxId(found: string): boolean {
  const digits = digitsOf(found)
  const counts = new Map<number, number>()
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  const repeated = [...counts.values()].filter((count) => count > 1)
  if (digits[0] === 0 || repeated.length !== 1 || (repeated[0] ?? 0) > 3) return false
  let product = 10
  for (const digit of digits.slice(0, 10)) {
    const sum = (digit + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === digits[10]
}

/** Corsica's departments, 2A and 2B, count as 19 and 18. */
function isFrenchNir(found: string): boolean {
  const plain = found.replaceAll(/[\s.]/g, '').replace('2A', '19').replace('2B', '18')
  return 97 - Number(BigInt(plain.slice(0, 13)) % 97n) === Number(plain.slice(13))
}

function isSpanishId(found: string): boolean {
  const plain = found.replaceAll(/[\s-]/g, '').toUpperCase()
  const number = Number(plain.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2'))
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === plain.at(-1)
}

/** Values of signs in odd places, by their place in 0-9 and A-Z (decree of 23 December 1976). */
const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

function isCodiceFiscale(found: string): boolean {
  const values = Array.from(found.toUpperCase(), (sign) => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65))
  const sum = values.slice(0, 15).reduce((all, value, index) => all + (index % 2 === 0 ? (odd[value] ?? 0) : value), 0)
  return sum % 26 === values[15]
}

const isBsn = (found: string): boolean => {
  const digits = digitsOf(found)
  return digits.some((digit) => digit > 0) && weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
}

function isPesel(found: string): boolean {
  const digits = digitsOf(found)
  // The century is in the month.
  const month = (Number(found.slice(2, 4)) - 1) % 20
  const day = Number(found.slice(4, 6))
  return month < 12 && day >= 1 && day <= 31 && weighed(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
}

const nationalIds: readonly NationalId[] = [
  // The number of the United States has no checksum; its hyphens and the numbers never given are all there is.
  { pattern: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g, isOne: () => true },
  {
    pattern: /\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g,
    isOne: () => true,
  },
  {
    pattern: /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    isOne: isFrenchNir,
  },
  { pattern: /\b(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z]\b/g, isOne: isSpanishId },
  { pattern: /\b[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]\b/gi, isOne: isCodiceFiscale },
  {
    pattern: /(?<!\d)\d{2} ?\d{3} ?\d{3} ?\d{3}(?!\d)/g,
    isOne: isGermanTaxId,
    named: /steuer|\bidnr|\btin\b|tax id/i,
  },
  { pattern: /(?<!\d)\d{9}(?!\d)/g, isOne: isBsn, named: /\bbsn\b|burgerservice|sofi-?nummer/i },
  { pattern: /(?<!\d)\d{11}(?!\d)/g, isOne: isPesel, named: /pesel/i },
]

export const holdsNationalId = (text: string): boolean =>
  nationalIds.some(
    ({ pattern, isOne, named }) =>
      (named === undefined || named.test(text)) && Array.from(text.matchAll(pattern)).some(([found]) => isOne(found)),
  )
