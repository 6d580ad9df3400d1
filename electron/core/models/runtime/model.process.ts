// The process in which a model runs.
import { serveModels } from './serving.ts'

serveModels()
