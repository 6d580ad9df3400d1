// Claims about the name of what a command puts into a folder.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { saveBeside } from '../../../electron/cli/save-beside.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

it('what is saved beside others writes over nothing, whoever was quicker', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'export.zip')
  const quicker = function* () {
    yield Buffer.from('mine')
    writeFileSync(path, 'of another program')
  }
  expect(await saveBeside(path, quicker())).toBe(join(folder, 'export-2.zip'))
  await Promise.all([saveBeside(path, [Buffer.from('3')]), saveBeside(path, [Buffer.from('4')])])
  expect(readFileSync(path, 'utf8')).toBe('of another program')
  expect(readFileSync(join(folder, 'export-2.zip'), 'utf8')).toBe('mine')
  expect(readdirSync(folder).toSorted()).toEqual(['export-2.zip', 'export-3.zip', 'export-4.zip', 'export.zip'])
})
