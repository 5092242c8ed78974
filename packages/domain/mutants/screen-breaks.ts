import type { Mutant } from './mutant.ts'

const ui = 'packages/ui'
const door = 'apps/cli/src/front-door'

/** Breaks of what the apps say, ask for and let through. */
export const screenBreaks: readonly Mutant[] = [
  {
    law: 'L83',
    file: `${ui}/src/call.ts`,
    from: "if (problem.code === 'service_unreachable')",
    to: "if (problem.code === '')",
  },
  {
    law: 'L83',
    file: `${ui}/src/call.ts`,
    from: 'isQuick ? REPEATED_ATTEMPT_MS : ATTEMPT_MS',
    to: 'ATTEMPT_MS',
  },
  {
    law: 'L83',
    file: `${ui}/src/live-follow.ts`,
    from: 'const polling = setInterval(poll, POLL_MS)',
    to: 'const polling = setTimeout(poll, 40_000)',
  },
  {
    law: 'L83',
    file: `${ui}/src/live-follow.ts`,
    from: '    let isFlowing = false\n',
    to: '    let isFlowing = false\n    onFlow()\n',
  },
  {
    law: 'L72',
    file: `${ui}/src/server-time.ts`,
    from: '(sentAt + receivedAt) / 2',
    to: 'receivedAt',
  },
  {
    law: 'L72',
    file: `${ui}/src/server-time.ts`,
    from: 'receivedAt - sentAt <= ROUND_TRIP_MS_MAX',
    to: 'receivedAt >= sentAt',
  },
  {
    law: 'L72',
    file: 'apps/resident-web/src/pay/code-time.ts',
    from: ' || now < issuedAt - 2_000',
    to: '',
  },
  {
    law: 'L72',
    file: 'apps/resident-web/src/pay/code-time.ts',
    from: 'const RENEW_BEFORE_MS = 13_000',
    to: 'const RENEW_BEFORE_MS = 3_000',
  },
  {
    law: 'L73',
    file: `${door}/headers.ts`,
    from: 'isScanner(path) ? scannerPolicy',
    to: "path.endsWith('.js') ? scannerPolicy",
  },
  {
    law: 'L73',
    file: `${door}/headers.ts`,
    from: `'script-src': "'self'",`,
    to: `'script-src': "'self' 'unsafe-inline'",`,
  },
  {
    law: 'L73',
    file: 'apps/purchase/src/contract-admission.ts',
    from: '.regex(/^\\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:',
    to: '.regex(/^\\/(?:[A-Za-z0-9._/-]*(?:',
  },
  {
    law: 'L74',
    file: `${door}/api.ts`,
    from: ' || wanders.test(path)',
    to: '',
  },
  {
    law: 'L74',
    file: `${door}/api.ts`,
    from: "!path.startsWith('/v1/') || ",
    to: '',
  },
  {
    law: 'L74',
    file: `${door}/api.ts`,
    from: "    'x-forwarded-for': forwardedFor(incoming),\n",
    to: '',
  },
  {
    law: 'L74',
    file: `${door}/pages.ts`,
    from: 'const contentType = contentTypes[extname(path)]\n',
    to: "const contentType = contentTypes[extname(path)] ?? 'text/plain'\n",
  },
  {
    law: 'L74',
    file: `${door}/service-paths.ts`,
    from: '    .toSorted((a, b) => namesIn(a.parts) - namesIn(b.parts))\n',
    to: '',
  },
  {
    law: 'L75',
    file: `${ui}/words/en.json`,
    from: '  "ui.close": "Close",\n',
    to: '',
  },
  {
    law: 'L75',
    file: `${ui}/words/zh-Hans.json`,
    from: '  "ui.close": ',
    to: '  "ui.closed": "",\n  "ui.close": ',
  },
  {
    law: 'L75',
    file: `${ui}/words/ko.json`,
    from: '{{id}}',
    to: '{{number}}',
  },
  {
    law: 'L75',
    file: `${ui}/words/ja-easy.json`,
    from: '"ui.close": "閉(と)じる"',
    to: '"ui.close": "閉じる"',
  },
  {
    law: 'L75',
    file: `${ui}/src/failure-notice.tsx`,
    from: "'ui.failure.unknown_text'",
    to: "'ui.failure.offline_text'",
  },
  {
    law: 'L75',
    file: `${ui}/problem-words/ko.json`,
    from: '  "sold_out": ',
    to: '  "sold_off": ',
  },
  {
    law: 'L76',
    file: 'apps/shop-web/src/practice/practice-payment.ts',
    from: "import type { Answer } from '@minnaken/ui'",
    to: "import { type Answer, call } from '@minnaken/ui'",
  },
  {
    law: 'L76',
    file: 'apps/shop-web/src/practice/practice-payment.ts',
    from: '  const nonce = new Uint8Array(16)\n',
    to: "  const nonce = new Uint8Array(16)\n  await fetch('/api/v1/redemptions', { method: 'POST' })\n",
  },
  {
    law: 'L62',
    file: 'apps/resident-web/src/line/wait-in-line.ts',
    from: '        if (asked === 1) await wait(ASK_MS_MIN)\n',
    to: '',
  },
  {
    law: 'L81',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: 'taken.replayed === true &&',
    to: 'false &&',
  },
  {
    law: 'L81',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: 'serverTimeAt(payment.since) - CLOCK_WRONG_MS',
    to: 'serverTimeAt(payment.since) + CLOCK_WRONG_MS',
  },
  {
    law: 'L81',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: 'wasShown(taken.redemptionId)',
    to: 'false',
  },
  {
    law: 'L81',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: 'payment.wasSent !== true && ',
    to: '',
  },
  {
    law: 'L81',
    file: 'apps/shop-web/src/receive/announced.ts',
    from: '    isPrinted &&\n',
    to: '',
  },
  {
    law: 'L81',
    file: `${ui}/src/scan/frame-loop.ts`,
    from: 'if (picture !== asked) return',
    to: 'if (picture < 0) return',
  },
  {
    law: 'L83',
    file: `${ui}/src/call.ts`,
    from: 'Math.min(patienceMs, LOST_READING_MS)',
    to: 'patienceMs',
  },
  {
    law: 'L83',
    file: `${ui}/src/reload-lost.ts`,
    from: 'refetchQueries({ predicate: isLost })',
    to: 'refetchQueries()',
  },
  {
    law: 'L84',
    file: 'apps/resident-web/src/print/lines.ts',
    from: 'yen: units * faceYen',
    to: 'yen: faceYen',
  },
  {
    law: 'L84',
    file: 'apps/resident-web/src/print/lines.ts',
    from: 'yen: leftYen }',
    to: 'yen: 0 }',
  },
  {
    law: 'L81',
    file: 'apps/shop-web/src/receive/announced.ts',
    from: '  if (isNews) announced.add(redemptionId)\n',
    to: '',
  },
]
