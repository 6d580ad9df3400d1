// The process that reads what others have written.
import { importers } from './importers.ts'
import { serveReader } from './reading/reader.ts'

serveReader(importers)
