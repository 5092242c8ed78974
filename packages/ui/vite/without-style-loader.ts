import type { Plugin } from 'vite'

/** Vite's own: fetches the styles of a part of an app before that part. */
const LOADER = '\0vite/preload-helper.js'

/** All styles of an app are in one file, which its page has: nothing waits for any, and loads none. */
export function withoutStyleLoader(): Plugin {
  return {
    name: 'minnaken-without-style-loader',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id === LOADER ? 'export const __vitePreload = (load) => load()' : null),
  }
}
