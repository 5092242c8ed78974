/** What the web apps and this service say to each other; the apps import types only. */
export * from './contract-sessions.ts'
export * from './contract-shops.ts'
export * from './contract-runs.ts'
export * from './contract-front.ts'
