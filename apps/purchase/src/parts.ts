/** What another process than this service's own needs to run its routes: to measure other designs. */
export { admissionSettings } from './admission/settings.ts'
export { openDeps } from './deps.ts'
export { sandboxProvider } from './pay/sandbox.ts'
