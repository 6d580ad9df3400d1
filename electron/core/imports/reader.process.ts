// The process that reads what others have written.
import { importers } from './reader/importers.ts'
import { serveReader } from './reader/reader.ts'

serveReader(importers)
