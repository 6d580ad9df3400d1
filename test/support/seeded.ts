// Loaded before every test file, so that properties, too, are tried with the seed of this run.
import * as fc from 'fast-check'
import { givenSeed } from './random.ts'

const seed = givenSeed()
if (seed !== undefined) fc.configureGlobal({ seed })
