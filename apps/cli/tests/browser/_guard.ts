import type { BrowserContext } from 'playwright-core'

/** What a browser says about an answer that is a refusal, or about no network: the app's to handle. */
const network = /^Failed to load resource: /

/**
 * Notes whatever must not happen in any app, whoever uses it how: an error in the console (which is
 * where a violated content security policy is told), an error nobody caught, and a request to
 * anyone but our own front doors.
 */
export function watchOver(context: BrowserContext, origins: readonly string[]): readonly string[] {
  const faults: string[] = []
  context.on('console', (message) => {
    if (message.type() !== 'error' || network.test(message.text())) return
    faults.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => {
    const { name, message, stack = '' } = error.error()
    faults.push(`uncaught at ${error.page()?.url() ?? '?'}: ${name} ${message} ${stack}`)
  })
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    const isOwn = origins.includes(origin) || ['blob:', 'data:', 'about:'].includes(protocol)
    if (!isOwn) faults.push(`asked somebody else: ${request.url()}`)
  })
  return faults
}
