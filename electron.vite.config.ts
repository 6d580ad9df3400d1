// Builds the desktop app's own processes without Electron's binary: out/main (main process, core process, workers) and
// out/preload (one CommonJS file, as a sandboxed page needs). The page is not built here: tools/renderer-build.ts does it.
import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/** Files of workers and processes are started by name from beside the file that asks, so each is emitted flat, next to core.js. */
const workers = Object.fromEntries(
  globSync('electron/core/**/*.{worker,process}.ts', { cwd: root }).map((file) => [
    basename(file, '.ts'),
    resolve(root, file),
  ]),
)

export default defineConfig({
  main: {
    build: {
      outDir: resolve(root, 'out/main'),
      rolldownOptions: {
        input: {
          main: resolve(root, 'electron/desktop/main.ts'),
          core: resolve(root, 'electron/desktop/core.ts'),
          ...workers,
        },
        // Flat as well: a module that starts a worker may land in a shared chunk.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(root, 'out/preload'),
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
})
