import type { Mutant } from './mutant.ts'

const redemption = 'apps/redemption/src'
const http = 'packages/http/src'

/** Breaks of what keeps tills served while much else is going on. */
export const loadBreaks: readonly Mutant[] = [
  {
    law: 'L22',
    file: `${http}/edge.ts`,
    from: 'return route.hasRoom?.() === false',
    to: 'return false',
  },
  {
    law: 'L22',
    file: `${http}/edge.ts`,
    from: ' && !isTurnedAway(c)',
    to: '',
  },
  {
    law: 'L22',
    file: `${http}/rounds.ts`,
    from: '      else turnedAway.push(turnAway)\n',
    to: '      else turnAway()\n',
  },
  {
    law: 'L22',
    file: `${http}/rounds.ts`,
    from: '    begun = now.length\n    now.push(...turnedAway.splice(0, most * 2))\n',
    to: '    now.push(...turnedAway.splice(0, most * 2))\n    begun = now.length\n',
  },
  {
    law: 'L22',
    file: `${http}/serve.ts`,
    from: 'inRounds(perRound, outsideMax)',
    to: 'inRounds(perRound, outsideMax * 100)',
  },
  {
    law: 'L22',
    file: `${redemption}/redeem/desk.ts`,
    from: '      if (count === null) return null\n',
    to: '',
  },
  {
    law: 'L22',
    file: `${redemption}/redeem/desk.ts`,
    from: 'hasRoom: () => !refusing(whyNone()),',
    to: 'hasRoom: () => whyNone() === null,',
  },
  {
    law: 'L64',
    file: `${http}/serve.ts`,
    from: '(apart.has(`${method} ${url}`) ? own : shared)',
    to: '(apart.has(`${method} ${url}`) ? shared : shared)',
  },
  {
    law: 'L64',
    file: `${http}/edge.ts`,
    from: 'inFlight[lineOf(route)] > limits.inFlightMax',
    to: 'inFlight.own + inFlight.shared > limits.inFlightMax',
  },
  {
    law: 'L64',
    file: `${http}/edge.ts`,
    from: '  route.ownLine?.refused()\n  return true\n',
    to: '  return true\n',
  },
  {
    law: 'L64',
    file: `${redemption}/payments/route.ts`,
    from: '    ownLine,\n',
    to: '',
  },
  {
    law: 'L69',
    file: `${http}/live.ts`,
    from: 'this.#ends.get(route) ?? new Set()',
    to: '[...this.#ends.values()][0] ?? new Set()',
  },
  {
    law: 'L64',
    file: 'packages/ui/src/chance.ts',
    from: 'ms * (0.5 + Math.random())',
    to: 'ms',
  },
  {
    law: 'L69',
    file: `${redemption}/live/board.ts`,
    from: 'const SEEN_LATE_MS = 15_000\n',
    to: 'const SEEN_LATE_MS = 0\n',
  },
  {
    law: 'L69',
    file: `${redemption}/live/board.ts`,
    from: 'Math.min(at, this.#sawAll.at) - SEEN_LATE_MS)',
    to: 'at - LOOK_BACK_MS - SEEN_LATE_MS)',
  },
  {
    law: 'L69',
    file: `${redemption}/live/board.ts`,
    from: '{ since: at - JUST_NOW_MS, putBackMs: 0 }',
    to: '{ since: at - JUST_NOW_MS * 30, putBackMs: 0 }',
  },
  {
    law: 'L69',
    file: `${redemption}/live/audience.ts`,
    from: 'if (!isNew) tell(happening)',
    to: 'if (isNew !== null) tell(happening)',
  },
  {
    law: 'L69',
    file: `${redemption}/live/audience.ts`,
    from: '    listening.isNew = false\n',
    to: '',
  },
  {
    law: 'L22',
    file: `${redemption}/redeem/queue.ts`,
    from: '    if (this.#alarm === undefined) this.#wakeWhenLate()\n',
    to: '',
  },
  {
    law: 'L22',
    file: `${redemption}/redeem/queue.ts`,
    from: '      this.#refuse(one)\n    }\n    this.#wakeWhenLate()\n',
    to: '      this.#refuse(one)\n    }\n',
  },
  {
    law: 'L22',
    file: `${redemption}/redeem/queue.ts`,
    from: 'setTimeout(() => this.#refuseLate(), Math.max(1, inMs + 1))',
    to: 'setTimeout(() => this.#refuseLate(), WAIT_MS_MAX * 3)',
  },
  {
    law: 'L86',
    file: `${redemption}/main.ts`,
    from: '    db: lookups.db,\n',
    to: '    db: payments.db,\n',
  },
  {
    law: 'L86',
    file: `${redemption}/main.ts`,
    from: 'new CampaignBook(aside.db)',
    to: 'new CampaignBook(payments.db)',
  },
  {
    law: 'L86',
    file: `${redemption}/app.ts`,
    from: 'openBuckets(paying, ',
    to: 'openBuckets(deps, ',
  },
  {
    law: 'L86',
    file: `${redemption}/app.ts`,
    from: 'voidRoute({ ...deps, pool: voids.pool })',
    to: 'voidRoute(deps)',
  },
  {
    law: 'L86',
    file: `${redemption}/app.ts`,
    from: 'voidRoute({ ...deps, pool: voids.pool })',
    to: 'voidRoute(paying)',
  },
  {
    law: 'L86',
    file: `${redemption}/main.ts`,
    from: "open('pool_voids', 2)",
    to: "open('pool_voids', 200)",
  },
  {
    law: 'L86',
    file: `${redemption}/void/route.ts`,
    from: "      if (!hasRoom()) return problem('busy')\n",
    to: '',
  },
  {
    law: 'L86',
    file: `${redemption}/app.ts`,
    from: 'const apart = { ...deps, db: aside.db, pool: aside.pool }',
    to: 'const apart = deps',
  },
  { law: 'L90', file: `${http}/doors.ts`, from: 'const DOORS = 16\n', to: 'const DOORS = 1\n' },
  {
    law: 'L90',
    file: `${http}/doors.ts`,
    from: "server.emit('connection', socket),",
    to: 'socket.destroy(),',
  },
  {
    law: 'L90',
    file: `${redemption}/redeem/queue.ts`,
    from: 'next.length > 1 ? leftAtMs + BATCH_GAP_MS : 0',
    to: '0',
  },
  {
    law: 'L90',
    file: 'packages/auth/src/remembered.ts',
    from: 'this.#values.size >= this.#countMax && ',
    to: 'this.#values.size < 0 && ',
  },
  {
    law: 'L90',
    file: 'packages/auth/src/remembered.ts',
    from: ' && !this.#values.has(key)',
    to: '',
  },
]
