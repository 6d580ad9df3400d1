// A process that opens an export into a folder, and waits before a step until something comes to its input: killed there, it
// was in the middle.
import { once } from 'node:events'
import { openExportAlone } from '../../../electron/core/app.ts'

const [file = '', to = '', passphrase = '', step = ''] = process.argv.slice(2)
let steps = 0
await openExportAlone({
  file,
  to,
  passphrase: async () => passphrase,
  async pace() {
    steps += 1
    if (steps !== Number(step)) return
    process.stdout.write('waiting')
    await once(process.stdin, 'data')
  },
})
process.stdin.destroy()
