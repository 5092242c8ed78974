import type { Mutant } from './mutant.ts'

const ui = 'packages/ui/src'
const resident = 'apps/resident-web/src'
const shop = 'apps/shop-web/src'

/** Breaks of whose a device is, and of what it says to whoever waits before it. */
export const personBreaks: readonly Mutant[] = [
  {
    law: 'L87',
    file: `${resident}/session/who-is-here.ts`,
    from: '    await forgetKey()\n',
    to: '',
  },
  {
    law: 'L87',
    file: `${resident}/session/who-is-here.ts`,
    from: '  store(KEPT, null)\n',
    to: '',
  },
  {
    law: 'L87',
    file: `${resident}/session/who-is-here.ts`,
    from: 'if (readStored(OWNER) !== accountId)',
    to: 'if (keptPerson() !== accountId)',
  },
  {
    law: 'L87',
    file: `${resident}/session/who-is-here.ts`,
    from: '  if (shownOf !== accountId) forgetShown()\n',
    to: '',
  },
  {
    law: 'L87',
    file: `${resident}/more/phone-of.ts`,
    from: 'deviceId === kept.deviceId && revokedAt === null',
    to: 'revokedAt === null',
  },
  {
    law: 'L87',
    file: `${resident}/more/phone-of.ts`,
    from: 'deviceId === kept.deviceId && revokedAt === null',
    to: 'deviceId === kept.deviceId',
  },
  {
    law: 'L87',
    file: `${ui}/session-end.ts`,
    from: "answer.kind === 'answered' || isNobody(answer)",
    to: "answer.kind === 'answered' || answer.kind === 'refused'",
  },
  {
    law: 'L87',
    file: `${shop}/till/place.ts`,
    from: "(failure.kind === 'refused' && failure.problem.code === 'forbidden')",
    to: "failure.kind === 'refused'",
  },
  {
    law: 'L87',
    file: `${shop}/shop/application-draft.ts`,
    from: 'kept.owner === ownerNow()',
    to: "kept.owner !== ''",
  },
  {
    law: 'L88',
    file: `${shop}/receive/read-code.ts`,
    from: 'address === `${origin}/join` &&',
    to: "address?.endsWith('/join') === true &&",
  },
  {
    law: 'L88',
    file: `${shop}/till/till.ts`,
    from: "code === 'till_revoked' || code === 'sign_in_needed'",
    to: "code === 'till_revoked'",
  },
  {
    law: 'L89',
    file: `${ui}/scan/frame-loop.ts`,
    from: 'const FAILURES_TOLD = 2',
    to: 'const FAILURES_TOLD = 99',
  },
  {
    law: 'L89',
    file: `${ui}/scan/frame-loop.ts`,
    from: '      timer = setTimeout(next, REST_MS)\n',
    to: '',
  },
  {
    law: 'L89',
    file: `${ui}/scan/frame-loop.ts`,
    from: '    timer = setTimeout(() => onTrouble(true), SILENCE_MS)\n',
    to: '',
  },
  {
    law: 'L89',
    file: `${ui}/scan/camera-lost.ts`,
    from: "page.visibilityState === 'visible' && ",
    to: '',
  },
  {
    law: 'L89',
    file: `${ui}/device-key.ts`,
    from: 'await readKeptDevice().catch(() => null)',
    to: 'await readKeptDevice()',
  },
  {
    law: 'L89',
    file: `${ui}/passkey.ts`,
    from: "name === 'NotSupportedError' || name === 'SecurityError'",
    to: "name !== 'NotAllowedError' && name !== 'AbortError'",
  },
  {
    law: 'L89',
    file: `${resident}/pay/code-number.ts`,
    from: "  const timer = setTimeout(() => onNumber({ kind: 'missing' }), PATIENCE_MS)\n",
    to: '  const timer = 0\n',
  },
  {
    law: 'L87',
    file: `${resident}/more/use-phone.ts`,
    from: '  return phone\n',
    to: '  return kept\n',
  },
  {
    law: 'L87',
    file: 'packages/http/src/sound.ts',
    from: "(method === 'get' && anonymous)",
    to: "method === 'get'",
  },
  {
    law: 'L87',
    file: 'packages/http/src/render.ts',
    from: 'if (body === null || known === undefined)',
    to: 'if (body === null)',
  },
  {
    law: 'L87',
    file: `${resident}/session/who-is-here.ts`,
    from: '[localStorage, sessionStorage]',
    to: '[localStorage]',
  },
  {
    law: 'L87',
    file: `${resident}/pay/shown-of-late.ts`,
    from: '.filter((code) => code.deviceId === deviceId)',
    to: '',
  },
  {
    law: 'L81',
    file: `${resident}/pay/shown-of-late.ts`,
    from: 'hasPaid: code.isSeen',
    to: 'hasPaid: false',
  },
  {
    law: 'L70',
    file: `${resident}/pay/shown-of-late.ts`,
    from: 'const WORDS_MS = 120_000',
    to: 'const WORDS_MS = 40_000',
  },
  {
    law: 'L72',
    file: `${resident}/pay/code-number.ts`,
    from: ' || now >= before.code.issuedAt + CODE_MS',
    to: '',
  },
]
