import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import prefresh from '@prefresh/vite'
import type { UserConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { precompress } from './precompress.ts'
import { preloadApp } from './preload-app.ts'
import { reactIsPreact } from './react-is-preact.ts'
import { withoutStyleLoader } from './without-style-loader.ts'

/** What is different from one web app to the next, as far as building it goes. */
export type WebApp = Readonly<{
  /** As it stands under the icon on a phone. */
  name: string
  shortName: string
  description: string
  /** The accent of the app, for the frame that the phone draws around it. */
  themeColor: string
  /** Where `npm run dev` has it. */
  port: number
}>

/** Where `npm run dev` has the services, each under its own path below `/api`. */
const API = process.env['MINNAKEN_DEV_API'] ?? 'http://127.0.0.1:8082'

const ownPackages = fileURLToPath(new URL('../../', import.meta.url))

/**
 * What a first visit fetches, in a few files: each one costs a kilobyte of headers, and a browser
 * asks for six at a time. Of each group, the file and all that it imports; the first takes first.
 */
const firstFiles = [
  { name: 'main', test: /\/src\/main\.ts$/, priority: 4 },
  { name: 'answers', test: /\/src\/wallet\/wallet-answer\.ts$/, priority: 3 },
  { name: 'app', test: /\/src\/app\.tsx$/, priority: 2 },
  { name: 'home', test: /\/src\/wallet\/wallet-screen\.tsx$/, priority: 1 },
]

/** How both web apps are built: Preact for React, Tailwind, an installable shell, files compressed ahead. */
export const webApp = async (app: WebApp): Promise<UserConfig> => ({
  plugins: [
    await prefresh(),
    tailwindcss(),
    withoutStyleLoader(),
    VitePWA(shellOf(app)),
    preloadApp(),
    precompress(),
  ],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: {
      ...reactIsPreact,
      // There is this hook already: what stands in for it in an older React is not sent.
      'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector',
    },
  },
  build: {
    target: 'es2023',
    outDir: process.env['MINNAKEN_DIST'] ?? 'dist',
    emptyOutDir: true,
    // Every file has an address of its own: the policy of the pages allows no data: scripts.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    // The lists of what each screen is made of cost every first visit half a kilobyte. Without them
    // a screen that is opened before all is kept waits once more; the first has `preloadApp`.
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { codeSplitting: { groups: firstFiles } },
      // A module of ours does nothing by being imported, so what is not used is left out.
      treeshake: {
        moduleSideEffects: (id) => !(id.startsWith(ownPackages) && /\/src\/.*\.tsx?$/.test(id)),
      },
    },
  },
  worker: { format: 'es' },
  server: { port: app.port, strictPort: true, host: '127.0.0.1', proxy: { '/api': API } },
})

const shellOf = (app: WebApp): Parameters<typeof VitePWA>[0] => ({
  registerType: 'prompt',
  injectRegister: false,
  manifest: {
    name: app.name,
    short_name: app.shortName,
    description: app.description,
    lang: 'ja',
    id: '/',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    orientation: 'any',
    theme_color: app.themeColor,
    background_color: '#ffffff',
    categories: ['finance'],
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{js,css,html,json,woff2,png,svg}'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/api\//, /^\/(healthz|readyz)$/],
    cleanupOutdatedCaches: true,
    // The scanner is big and not everybody scans: it is kept from its first use on.
    runtimeCaching: [
      {
        urlPattern: /\.wasm$/,
        handler: 'CacheFirst',
        options: { cacheName: 'scanner', expiration: { maxEntries: 2 } },
      },
    ],
  },
})
