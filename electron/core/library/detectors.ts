// What in a text makes it more than ordinary: numbers that pay or name somebody, secrets, addresses. Checksums keep numbers
// that only look like it out; what has none is recognised by the words around it. Nothing found is kept or passed on.
import type { Level, levelReasons } from '../../../shared/api/items.ts'
import { holdsNationalId } from './national-ids.ts'

interface Detector {
  readonly reason: (typeof levelReasons)[number]
  readonly level: Level
  readonly holds: (text: string) => boolean
}

const some = (text: string, pattern: RegExp, isOne: (found: string) => boolean): boolean => {
  for (const [found] of text.matchAll(pattern)) if (isOne(found)) return true
  return false
}

/** ISO/IEC 7812: the Luhn digit, and the first digits and lengths of the networks there are. */
const cardNumber = /(?<![\d.,/-])[2-6](?:[ -]?\d){12,18}(?![\d])/g
const networks =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|220[0-4]\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}|(?:5[06789]|6)\d{11,18})$/

function isCardNumber(found: string): boolean {
  const plain = found.replaceAll(/[ -]/g, '')
  if (!networks.test(plain)) return false
  const sum = Array.from(plain, Number)
    .toReversed()
    .reduce((all, digit, index) => all + (index % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0)
  return sum % 10 === 0
}

/** ISO 13616: letters count from 10, and the whole leaves 1 when divided by 97. */
const bankAccount = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g

function isBankAccount(found: string): boolean {
  const plain = found.replaceAll(' ', '')
  const digits = Array.from(plain.slice(4) + plain.slice(0, 4), (sign) => String(Number.parseInt(sign, 36))).join('')
  return plain.length >= 15 && plain.length <= 34 && BigInt(digits) % 97n === 1n
}

/** A word after it on the next line is not the password. */
const password =
  /(?:pass(?:word|code|phrase|wort|wd)|\bpwd|kennwort|contraseña|mot de passe|\bPIN)[ \t]{0,3}[:=][ \t]{0,3}[^\s*]{4,}/iu

const key =
  /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,}|glpat-[\w-]{20})|\bxox[abeoprs]-[\w-]{20,}|\bAIza[\w-]{35}|\b[sr]k_live_[A-Za-z0-9]{20,}|\bsk-(?:[a-z]+-)?[\w-]{32,}|\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b/

/**
 * Twelve to twenty-four words of wallets (BIP 39: three to eight letters each), in a text that speaks of such words. Their
 * list stays unloaded: it comes with signing code that takes 35 MB.
 */
const speaksOfWords = /\bseed\b|mnemonic|recovery (?:phrase|words|kit)|secret phrase|wallet|wiederherstellung/i
const manyWords = /(?<![\w'’])(?:[a-z]{3,8}[ \t\n,]{1,3}(?:\d{1,2}[.):]? ?)?){11,}[a-z]{3,8}(?![\w'’])/g
const phraseLengths = [12, 15, 18, 21, 24]

const isSeedPhrase = (found: string): boolean => phraseLengths.includes(found.match(/[a-z]+/g)?.length ?? 0)

/** A street with its number, or the codes that only addresses have; simply, since countries differ. */
const address =
  /\p{L}{3,30}(?:straße|strasse|str\.|weg|platz|gasse|allee|ufer|straat|laan) \d{1,4}\b|\b\d{1,5} (?:[A-Z][a-z]{1,20} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct)\b|\b\d{1,4},? (?:rue|avenue|boulevard|place|chemin) (?:de |du |des |la |le |l['’]){0,2}\p{L}{2,30}|\b(?:[A-Z]{1,2}\d[A-Z\d]?) \d[ABD-HJLNP-UW-Z]{2}\b|\b(?:calle|via|viale|piazza|ul\.) \p{L}{2,30}(?: \p{L}{2,30})?,? \d{1,4}\b/iu

/** What only records of health are written with: the names of their standards, and of the lists their codes are from. */
const clinical =
  /\burn:hl7-org:|\bhl7\.org\/fhir\b|\bloinc\.org\b|\bsnomed\.info\/|\b2\.16\.840\.1\.113883\.|\bresourceType["']?[ \t]*:[ \t]*["']?(?:AllergyIntolerance|CarePlan|Condition|Device|DiagnosticReport|Encounter|Immunization|Medication\w*|Observation|Patient|Procedure|Specimen)\b/

const hasDigits = /\d{2}/

export const detectors: readonly Detector[] = [
  { reason: 'card-number', level: 'secret', holds: (text) => some(text, cardNumber, isCardNumber) },
  { reason: 'national-id', level: 'secret', holds: (text) => hasDigits.test(text) && holdsNationalId(text) },
  { reason: 'password', level: 'secret', holds: (text) => password.test(text) },
  {
    reason: 'key',
    level: 'secret',
    holds: (text) => key.test(text) || (speaksOfWords.test(text) && some(text, manyWords, isSeedPhrase)),
  },
  { reason: 'health-record', level: 'health', holds: (text) => clinical.test(text) },
  { reason: 'bank-account', level: 'personal', holds: (text) => some(text, bankAccount, isBankAccount) },
  { reason: 'address', level: 'personal', holds: (text) => address.test(text) },
]
