// Loaded before the built core process: gives plain Node the one thing it has only under Electron, a port to its parent.
const port: Pick<Electron.ParentPort, 'postMessage'> & {
  readonly on: (event: 'message', hear: (message: { data: unknown }) => void) => void
} = {
  on: (_event, hear) => void process.on('message', (data) => hear({ data })),
  postMessage: (message: unknown) => void process.send?.(message),
}
Object.assign(process, { parentPort: port })
// Electron ends its processes with the app; a test that ends early must not leave one behind.
process.once('disconnect', () => process.exit())
