// The cases through `mindkeep call`, a command line for each step, as a script meets the core.
import { describeApiOver } from './suite.ts'
import { cli } from './transports/cli.ts'

describeApiOver(cli)
