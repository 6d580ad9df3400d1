// Builds the page that every host shows. It refuses anything inline: the page's policy has no exception, so neither
// scripts, styles nor small images may be folded into the document.
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { type Plugin, defineConfig } from 'vite'

const spoken = ['en-US', 'de-DE']

/** React Aria carries its own words in 34 languages; the page speaks those of `renderer/locales` only. */
function onlySpokenLanguages(): Plugin {
  return {
    name: 'only-spoken-languages',
    enforce: 'pre',
    load(id) {
      const found =
        /\/(?:react-aria|react-aria-components|react-stately)\/.*\/intl\/.*?([a-z]{2}-[A-Z]{2})\.m?js$/.exec(id)
      const locale = found?.[1]
      return locale === undefined || spoken.includes(locale) ? null : 'export default {}'
    },
  }
}

export default defineConfig({
  root: resolve(import.meta.dirname, 'renderer'),
  // Relative, so that the same files work under http://….localhost:port/ and app://vault/.
  base: './',
  plugins: [react(), onlySpokenLanguages()],
  build: {
    outDir: resolve(import.meta.dirname, 'out/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The polyfill is an inline script in all but name, and every browser that knows light-dark() preloads modules.
    modulePreload: { polyfill: false },
    target: ['chrome125', 'firefox128', 'safari18'],
  },
})
