import type { Plugin } from 'vite'

/**
 * Has the browser fetch the app as soon as it reads the page: by itself it would hear of it one
 * round trip later, when `src/main.ts` runs. That script is short and runs as soon as it is there,
 * before the page has been read to its end, and sends for what else the first screen needs.
 */
export function preloadApp(): Plugin {
  return {
    name: 'minnaken-preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((it) => it.type === 'chunk')
        const app = chunks.find(({ name }) => name === 'app')
        if (app === undefined) throw new Error('there is no file of the app')
        const files = [app.fileName, ...app.imports].filter((file) => !html.includes(file))
        const tags = files.map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        }))
        return {
          html: html.replaceAll('<script type="module"', '<script type="module" async'),
          tags,
        }
      },
    },
  }
}
