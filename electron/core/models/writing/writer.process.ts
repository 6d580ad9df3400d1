// The process in which a model writes.
import { serveWriter } from './serving.ts'

serveWriter()
