// The cases through `mindkeep call`, one process a step, as a script meets the core.
import { describeApiOver } from './suite.ts'
import { cli } from './transports/cli.ts'

describeApiOver(cli)
