/** What the web apps and this service say to each other; the apps import types only. */
export * from './contract-admission.ts'
export * from './contract-apply.ts'
export * from './contract-campaigns.ts'
export * from './contract-draw.ts'
export * from './contract-pay.ts'
export * from './contract-sessions.ts'
export * from './contract-wallet.ts'
