// Runs the browser host from its command line to its end: core, server, link, and on Ctrl-C a locked vault. What goes
// wrong becomes one plain sentence and an exit status, never a stack.
import { fileURLToPath } from 'node:url'
import { AppError } from '../../shared/errors.ts'
import { createApp } from '../core/app.ts'
import { chooseFolders } from '../core/folders.ts'
import { onEnding } from '../core/ending.ts'
import { createPlainPorts } from '../core/ports.ts'
import { announce } from './announce.ts'
import { readPageFiles } from './files.ts'
import { type Options, readOptions, usage } from './options.ts'
import { createWebServer } from './server.ts'
import { version } from '../core/version.ts'

const page = fileURLToPath(new URL('../../out/renderer/', import.meta.url))

interface HostParts {
  readonly args: readonly string[]
  readonly say: (text: string) => void
  readonly complain: (text: string) => void
}

/** Answers the exit status once the host has been stopped: 0 stopped, 1 could not start, 2 wrong usage. */
export async function runHost({ args, say, complain }: HostParts): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') {
    complain(`${options}\n${usage}`)
    return 2
  }
  if (options.help) {
    say(usage)
    return 0
  }
  try {
    await serve(options, say)
    return 0
  } catch (error) {
    // Foreign errors can quote paths, so only our own sentences are shown.
    const known = error instanceof AppError ? error : new AppError('INTERNAL')
    complain(options.json ? JSON.stringify({ error: known.toShape() }) : known.message)
    return 1
  }
}

async function serve(options: Options, say: (text: string) => void): Promise<void> {
  // From the first moment on, so that a stop during a slow start is not lost.
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  const stopListening = onEnding(stop)
  try {
    const folders = chooseFolders(options, { platform: process.platform, env: process.env })
    const files = readPageFiles(page)
    const ports = createPlainPorts(folders)
    const app = await createApp(ports, { host: 'web', version: version(), ...folders })
    try {
      const { clock, log } = ports
      const server = createWebServer({ app, files, clock, log })
      try {
        await server.listen({ port: options.port })
        const stopAnnouncing = await announce({ server, options, clock, stateFolder: folders.stateFolder, say })
        await stopped
        stopAnnouncing()
      } finally {
        await server.close()
      }
    } finally {
      await app.close()
    }
  } finally {
    stopListening()
  }
}
