// The cases through dispatch itself, with nothing in between.
import { describeApiOver } from './suite.ts'
import { direct } from './transports/direct.ts'

describeApiOver(direct)
