// The entry of the core process: the vault, its keys and its database, apart from every window. It talks to the main
// process alone and asks it for what only Electron has.
import { createApp } from '../core/app.ts'
import { systemClock } from '../core/ports.ts'
import { serveCore } from './core-side.ts'

const { parentPort } = process

serveCore({
  createApp,
  clock: systemClock,
  post: (message) => parentPort.postMessage(message),
  listen: (hear) => parentPort.on('message', ({ data, ports: [port] }) => hear(data, port)),
})
