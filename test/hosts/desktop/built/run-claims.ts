// A process of its own that holds every claim against the built app and prints, as JSON, which of them broke and how.
import { shippedClaims } from '../claims/all.ts'
import { createAppFolder, createStage } from '../double/target.ts'
import { createBuiltTarget } from './double-loader.ts'

const [builtFolder] = process.argv.slice(2)
if (builtFolder === undefined) throw new Error('say which built app to load')

const { appFolder, remove } = createAppFolder()
const stage = createStage(createBuiltTarget(builtFolder), appFolder)
const broken: Record<string, string> = {}
for (const { says, holds } of shippedClaims) {
  try {
    await holds(stage)
  } catch (error) {
    broken[says] = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}
remove()
process.stdout.write(JSON.stringify({ held: shippedClaims.length - Object.keys(broken).length, broken }))
