// Builds the desktop app without Electron's binary: out/main (main process, core process, workers), out/preload (one
// CommonJS file, as a sandboxed page needs) and out/renderer (the same page every host shows).
import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import renderer from './vite.renderer.config.ts'

const root = import.meta.dirname

/** Worker files are started by name from beside the file that asks, so each is emitted flat, next to core.js. */
const workers = Object.fromEntries(
  globSync('electron/core/**/*.worker.ts', { cwd: root }).map((file) => [basename(file, '.ts'), resolve(root, file)]),
)

/** electron-vite adds Chromium's version to the targets; the page is the same in every host, so its own stand alone. */
const asEveryHost: Plugin = {
  name: 'as-every-host',
  enforce: 'post',
  config(config) {
    const target = renderer.build?.target
    if (config.build !== undefined && target !== undefined) config.build.target = target
  },
}

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
  renderer: {
    ...renderer,
    plugins: [renderer.plugins, asEveryHost],
    build: { ...renderer.build, minify: 'oxc', rolldownOptions: { input: resolve(root, 'renderer/index.html') } },
  },
})
