// The table of api cases. suite.ts runs each of them over every transport; cases.test.ts
// fails when a method has none.
import type { Case } from '../case.ts'
import { aboutCases } from './about.ts'
import { exportCases } from './exports.ts'
import { keyCases } from './keys.ts'
import { libraryCases } from './library.ts'
import { lockedCases } from './locked.ts'
import { malformedCases } from './malformed.ts'
import { newVaultCases } from './new-vault.ts'
import { searchCases } from './search.ts'
import { settingsCases } from './settings.ts'
import { workCases } from './work.ts'
import { writingCases } from './writing.ts'

export const cases: readonly Case[] = [
  ...aboutCases,
  ...settingsCases,
  ...searchCases,
  ...newVaultCases,
  ...lockedCases,
  ...keyCases,
  ...workCases,
  ...writingCases,
  ...exportCases,
  ...libraryCases,
  ...malformedCases,
]
