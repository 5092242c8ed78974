import type { Plugin } from 'vite'

/**
 * Has the browser fetch React, which is half of an app, as soon as it reads the page. The other half
 * is sent for by `src/main.ts`: it follows on the same narrow way, and meanwhile React is made ready.
 * The program runs as soon as it is there, before the page has been read to its end.
 */
export function preloadReact(): Plugin {
  return {
    name: 'minnaken-preload-react',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((it) => it.type === 'chunk')
        const react = chunks.find(({ name }) => name === 'react')
        if (react === undefined) throw new Error('there is no file of React alone')
        const files = [react.fileName, ...react.imports].filter((file) => !html.includes(file))
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
