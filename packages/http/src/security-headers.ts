/** On every reply, errors included: what comes from here is data, for one caller, never a page. */
export const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-resource-policy': 'same-origin',
} as const satisfies Record<string, string>

/** Replies are kept by nobody, unless a route says otherwise. */
export const cacheNothing = { 'cache-control': 'no-store' } as const
