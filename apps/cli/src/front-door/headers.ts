/** What every reply of a front door says; its pages and everything else alike. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The camera reads codes, the place finds the nearest shop, and passkeys open the session.
  'permissions-policy': [
    'camera=(self)',
    'geolocation=(self)',
    'publickey-credentials-get=(self)',
    'publickey-credentials-create=(self)',
    'screen-wake-lock=(self)',
    'microphone=()',
    'payment=()',
    'usb=()',
    'serial=()',
    'display-capture=()',
  ].join(', '),
} as const

const policy = (rules: Readonly<Record<string, string>>): string =>
  Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')

/** A page takes everything from its own origin and nothing from anywhere else. */
const pagePolicy = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'media-src': "'self' blob:",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
})

/** The scanner is a program of another kind. Its worker alone may compile one, and no page may. */
const scannerPolicy = policy({
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'connect-src': "'self'",
})

const isScanner = (path: string): boolean => /^\/assets\/scan-worker-[\w-]+\.js$/.test(path)

/** The headers of whatever is answered at this path. */
export const headersAt = (path: string): Record<string, string> => ({
  ...always,
  'content-security-policy': isScanner(path) ? scannerPolicy : pagePolicy,
})
