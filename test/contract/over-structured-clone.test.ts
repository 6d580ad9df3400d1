// The cases through a process boundary, as the desktop window meets its core.
import { describeApiOver } from './suite.ts'
import { structuredClone } from './transports/structured-clone.ts'

describeApiOver(structuredClone)
