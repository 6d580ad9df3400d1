// Loaded before every test file: properties are tried with the same values every time, unless MINDKEEP_SEED says otherwise.
import * as fc from 'fast-check'
import { givenSeed } from './random.ts'

fc.configureGlobal({ seed: givenSeed() ?? 1 })
