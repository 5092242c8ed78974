import type { Plugin } from 'vite'

/**
 * Has the browser fetch `src/app.tsx`, which is most of an app, as soon as it reads the page, and
 * not only when the small program that imports it runs.
 */
export function preloadApp(): Plugin {
  return {
    name: 'minnaken-preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((it) => it.type === 'chunk')
        const app = chunks.find((it) => it.moduleIds.some((id) => id.endsWith('/src/app.tsx')))
        if (app === undefined) throw new Error('there is no src/app.tsx')
        const files = [app.fileName, ...app.imports].filter((file) => !html.includes(file))
        return files.map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head',
        }))
      },
    },
  }
}
