import type { Mutant } from './mutant.ts'

const ui = 'packages/ui'
const door = 'apps/cli/src/front-door'

/** Breaks of how the apps deal with what may have been done, and with what was only practised. */
export const doubtBreaks: readonly Mutant[] = [
  {
    law: 'L71',
    file: `${ui}/src/call.ts`,
    from: 'if (maySent && !isReading)',
    to: 'if (isUnknown && !isReading)',
  },
  {
    law: 'L71',
    file: `${ui}/src/call.ts`,
    from: 'const mayRepeat = isReading || isRepeatable(asked) || !isUnknown',
    to: 'const mayRepeat = true',
  },
  {
    law: 'L71',
    file: `${ui}/src/call.ts`,
    from: "if (problem === null || problem.code === 'outcome_unknown')",
    to: 'if (problem === null)',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: "answer.kind === 'offline' && !isUnknown && times",
    to: "answer.kind === 'offline' && times",
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: 'let isUnknown = payment.wasSent === true',
    to: 'let isUnknown = false',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/receiving.ts',
    from: "function fromAsking(state: At<'asking'>, happened: Happened): Receiving {\n",
    to: `function fromAsking(state: At<'asking'>, happened: Happened): Receiving {
  if (happened.kind === 'back') return { kind: 'amount', yen: state.payment.yen, code: null }
`,
  },
  {
    law: 'L71',
    file: `${ui}/src/problem.ts`,
    from: "  'internal',\n  'outcome_unknown',",
    to: "  'outcome_unknown',",
  },
  {
    law: 'L71',
    file: `${ui}/src/problem.ts`,
    from: 'retryable === true || passing',
    to: 'passing',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/send-payment.ts',
    from: "sent.kind !== 'refused' || !isPassing(sent.problem)",
    to: 'true',
  },
  {
    law: 'L71',
    file: `${ui}/src/call.ts`,
    from: 'isUnknown || isInFlight(attempt)',
    to: 'isUnknown',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/send-payment.ts',
    from: 'if (saysNothing(sent))',
    to: "if (sent.kind === 'outcome_unknown')",
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/when-seen.ts',
    from: "page.visibilityState === 'visible'",
    to: "page.visibilityState !== ''",
  },
  {
    law: 'L71',
    file: `${ui}/src/call.ts`,
    from: 'maySent && !isReading && isPassing(attempt.problem)',
    to: 'false',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: 'if (saysNothing(answer)) isUnknown = true',
    to: "if (answer.kind === 'outcome_unknown') isUnknown = true",
  },
  {
    law: 'L71',
    file: `${door}/api.ts`,
    from: "wasSent ? 'outcome_unknown' : 'service_unreachable'",
    to: "'service_unreachable'",
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/pending-payment.ts',
    from: 'readPending()?.payment !== payment) return',
    to: 'readPending() === null) return',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/pending-payment.ts',
    from: 'open ??= readPending()',
    to: 'open ??= null',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/pending-payment.ts',
    from: 'notStored = readStored(KEY) === text ? null : text',
    to: 'notStored = null',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/until-known.ts',
    from: "if (known.kind !== 'outcome_unknown') return known",
    to: 'return known',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/until-known.ts',
    from: 'if (readPending()?.payment !== payment.payment) return null',
    to: '',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/buy/place-order.ts',
    from: "answer.kind === 'refused' && !isPassing(answer.problem)",
    to: "answer.kind === 'refused'",
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/buy/place-order.ts',
    from: '  if (before !== null) return askAbout(before)\n',
    to: '',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/buy/place-order.ts',
    from: 'return saysNothing(answer)',
    to: "return answer.kind === 'refused' && saysNothing(answer)",
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/buy/wish.ts',
    from: 'if (now - sent.sentAt < RESUMED_MS) return sent',
    to: 'return sent',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/payment.ts',
    from: '!isUnknown && (isFirstNo(problem) || ',
    to: '(isFirstNo(problem) || ',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/pending.ts',
    from: '    notKept = pending\n',
    to: '',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/today/send-void.ts',
    from: '  if (before !== null) return askAboutVoid(before, voider.till)\n',
    to: '',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/today/send-void.ts',
    from: ' && !isPassing(answer.problem))',
    to: ')',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/today/send-void.ts',
    from: 'isOurs && now - sent.sentAt < RESUMED_MS',
    to: 'isOurs',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/today/send-void.ts',
    from: 'sent.tillId === null || sent.tillId === voider.till?.tillId',
    to: 'true',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/pending-payment.ts',
    from: 'if (holders === 0) open ??=',
    to: 'open ??=',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/pending-payment.ts',
    from: '  store(KEY, null)\n',
    to: '',
  },
  {
    law: 'L71',
    file: 'apps/resident-web/src/pay/pending-payment.ts',
    from: '  notStored = null\n}',
    to: '}',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/forgetting.ts',
    from: "if (kind !== 'asking') forget()",
    to: 'forget()',
  },
  {
    law: 'L71',
    file: 'apps/shop-web/src/receive/forgetting.ts',
    from: '      if (wasShown) forget()\n',
    to: '      forget()\n',
  },
  {
    law: 'L71',
    file: `${ui}/src/call.ts`,
    from: 'isReading ? { wasReading: true }',
    to: 'isReading ? {}',
  },
  {
    law: 'L71',
    file: `${ui}/src/failure-notice.tsx`,
    from: 'failure.wasReading === true',
    to: 'failure.wasReading === null',
  },
  {
    law: 'L76',
    file: 'apps/shop-web/src/practice/practice.ts',
    from: 'on ? untilUntouched(() => practise(false), window)',
    to: 'on ? () => {}',
  },
  {
    law: 'L76',
    file: 'apps/shop-web/src/practice/until-untouched.ts',
    from: '    if (isOver()) return end()\n',
    to: '',
  },
  {
    law: 'L76',
    file: 'apps/shop-web/src/receive/tell-taken.ts',
    from: 'practice[languageNow()]',
    to: "''",
  },
]
