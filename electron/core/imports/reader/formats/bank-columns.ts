// What banks call the columns of their statements, in English, German, French and Spanish. A line counts as the headings of
// a statement when it names a day, an amount and something else that only statements have.
const names = {
  day: `date, booking date, transaction date, posting date, posted date, post date, completed date, operation date,
    Buchungstag, Buchungsdatum, Buchung, Datum, Umsatzdatum, Belegdatum,
    Date opération, Date d'opération, Date de l'opération, Date comptable, Date de comptabilisation,
    Fecha, Fecha operación, Fecha de operación, Fecha contable, F. operación`,
  valueDay: `value date, started date, Valuta, Valutadatum, Wertstellung, Wertstellungstag, Wertstellungsdatum,
    Date valeur, Date de valeur, Fecha valor, F. valor`,
  amount: `amount, transaction amount, Betrag, Umsatz, Buchungsbetrag, Montant, Importe, Cantidad, Monto`,
  debit: `debit, debit amount, debits, withdrawal, withdrawals, withdrawal amount, paid out, money out, Soll, Belastung,
    Lastschrift, Ausgang, Ausgaben, Débit, Sortie, Cargo, Cargos, Debe, Gastos`,
  credit: `credit, credit amount, credits, deposit, deposits, deposit amount, paid in, money in, Haben, Gutschrift, Eingang,
    Einnahmen, Crédit, Entrée, Abono, Abonos, Haber, Ingreso, Ingresos`,
  sign: `debit/credit, credit/debit, dr/cr, cr/dr, credit debit indicator, Soll/Haben, S/H, Sens, Debe/Haber`,
  payee: `payee, name, counterparty, counterparty name, merchant, merchant name, beneficiary, beneficiary name, recipient,
    Begünstigter/Zahlungspflichtiger, Auftraggeber/Empfänger, Auftraggeber/Begünstigter, Empfänger, Zahlungsempfänger,
    Zahlungsempfänger*in, Name Zahlungsbeteiligter, Partnername, Partner Name, Bénéficiaire, Tiers, Beneficiario, Contraparte`,
  payer: `payer, sender, Zahlungspflichtiger, Zahlungspflichtige*r, Auftraggeber, Donneur d'ordre, Ordenante`,
  text: `description, transaction description, memo, details, narrative, particulars, payment reference, note, notes,
    Verwendungszweck, Buchungstext, Vorgang, Umsatztext, Beschreibung, Buchungsdetails, Vorgang/Verwendungszweck,
    Libellé, Libellé opération, Communication, Communications, Motif, Détail, Concepto, Descripción, Observaciones, Movimiento`,
  balance: `balance, running balance, account balance, Saldo, Saldo nach Buchung, Kontostand, Solde, Saldo disponible`,
  currency: `currency, currency code, ccy, Währung, Devise, Divisa, Moneda`,
  account: `account, account number, account no, iban account, Konto, Kontonummer, Auftragskonto, IBAN Auftragskonto, Compte,
    Numéro de compte, Cuenta, Número de cuenta`,
  category: `category, type, transaction type, Kategorie, Buchungsart, Umsatztyp, Umsatzart, Catégorie, Type opération, Categoría, Tipo`,
  reference: `reference, transaction id, check number, cheque number, check or slip #, Referenz, Kundenreferenz, Référence, Referencia`,
  state: `state, status, Estado, État`,
} as const

export type BankColumn = keyof typeof names
export interface BankHeadings {
  readonly at: Readonly<Partial<Record<BankColumn, number>>>
  /** All that are text: banks spread it over several. */
  readonly texts: readonly number[]
  /** Where the heading of the amount names it: `Betrag (EUR)`. */
  readonly currency: string | undefined
  readonly names: readonly string[]
}

/** `Währung`, `WAEHRUNG` and `Wahrung` are one name. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .replace(/([aou])e/g, '$1')

const columnOf: ReadonlyMap<string, BankColumn> = new Map(
  (Object.keys(names) as BankColumn[]).flatMap((column) =>
    names[column].split(',').map((name): [string, BankColumn] => [plain(name), column]),
  ),
)

const longestName = 200
const currencyBehind = /\s*(?:\(\s*(?:in )?([A-Z]{3}|[€£$¥])\s*\)|(?:\s|\bin )([A-Z]{3}|[€£$¥]))$/
const signs: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' }

/** Undefined for a row that is none. */
export function headingsOf(cells: readonly string[]): BankHeadings | undefined {
  if (cells.length < 3 || cells.length > 80) return undefined
  const at: Partial<Record<BankColumn, number>> = {}
  const texts: number[] = []
  let currency: string | undefined
  const trimmed = cells.map((cell) => cell.trim())
  trimmed.forEach((name, index) => {
    if (name.length > 60) return
    const found = name.length > longestName ? null : currencyBehind.exec(name)
    const column =
      columnOf.get(plain(name)) ?? (found === null ? undefined : columnOf.get(plain(name.slice(0, found.index))))
    if (column === undefined) return
    if (column === 'text') texts.push(index)
    at[column] ??= index
    const code = found?.[1] ?? found?.[2]
    if (code !== undefined && ['amount', 'debit', 'credit'].includes(column)) currency ??= signs[code] ?? code
  })
  const dated = at.day !== undefined || at.valueDay !== undefined
  const counted = at.amount !== undefined || (at.debit !== undefined && at.credit !== undefined)
  const telling = ['payee', 'payer', 'text', 'balance', 'valueDay', 'account', 'sign'] as const
  // A list of expenses has a date, an amount and a description, too: it is read as what it is, a statement.
  return dated && counted && telling.some((column) => at[column] !== undefined)
    ? { at, texts, currency, names: trimmed }
    : undefined
}

const delimiters = [';', ',', '\t', '|'] as const
/** Banks put the account, the period and a greeting before the table. */
const mostPreamble = 40

/** The first line of a text that holds the headings of a statement, and the sign that parts its cells. */
export function findHeadings(
  text: string,
): { readonly delimiter: string; readonly headings: BankHeadings } | undefined {
  const lines = text.slice(0, 64 * 1024).split(/\r\n?|\n/, mostPreamble)
  for (const line of lines) {
    if (line.length > 5000) continue
    for (const delimiter of delimiters) {
      const headings = headingsOf(line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')))
      if (headings !== undefined) return { delimiter, headings }
    }
  }
  return undefined
}
