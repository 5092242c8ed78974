import type { Mutant } from './mutant.ts'

const admission = 'apps/purchase/src/admission'
const auth = 'packages/auth/src'
const http = 'packages/http/src'

/** Breaks of who is let in when more people come than can be served. */
export const rushBreaks: readonly Mutant[] = [
  {
    law: 'L60',
    file: `${admission}/line.ts`,
    from: 'return a.givenAt < b.givenAt',
    to: 'return a.givenAt > b.givenAt',
  },
  {
    law: 'L60',
    file: `${admission}/line.ts`,
    from: 'if (presentUntil >= now) return true',
    to: 'if (presentUntil >= 0) return true',
  },
  {
    law: 'L60',
    file: `${admission}/line.ts`,
    from: 'this.#standing.splice(this.#indexOf(place), 0, standing)',
    to: 'this.#standing.push(standing)',
  },
  {
    law: 'L60',
    file: `${admission}/gate.ts`,
    from: 'return this.#pace.isFull || this.#line.length > 0',
    to: 'return this.#pace.isFull',
  },
  {
    law: 'L60',
    file: `${admission}/gate.ts`,
    from: ' ?? this.#line.placeOf(holder))',
    to: ')',
  },
  {
    law: 'L60',
    file: `${admission}/gate.ts`,
    from: 'if (isAdmitted && this.#turns.of(place.placeId) === null)',
    to: 'if (isAdmitted && now < 0)',
  },
  {
    law: 'L61',
    file: `${admission}/gate.ts`,
    from: 'return owner !== null && owner !== holder\n',
    to: 'return owner !== null && owner !== holder && holder === null\n',
  },
  {
    law: 'L61',
    file: `${admission}/gate.ts`,
    from: 'if (turn !== null && turn.validUntil <= now)',
    to: 'if (turn !== null && turn.validUntil < 0)',
  },
  {
    law: 'L61',
    file: `${admission}/turns.ts`,
    from: "    if (turn.holder !== holder) return 'ticket_of_another'\n",
    to: '',
  },
  {
    law: 'L61',
    file: `${admission}/turns.ts`,
    from: '    if (turn.holder === null && holder !== null) this.#bind(turn, { holder, isKnown: false })\n',
    to: '',
  },
  {
    law: 'L61',
    file: `${admission}/turns.ts`,
    from: '(turn.isKnown ? usesMax : usesOfStrangerMax)',
    to: '(holder !== null ? usesMax : usesOfStrangerMax)',
  },
  {
    law: 'L61',
    file: `${http}/gate.ts`,
    from: 'asksWho && !wasOverloaded && !wasUnknown',
    to: 'asksWho && !wasOverloaded',
  },
  {
    law: 'L61',
    file: `${admission}/turns.ts`,
    from: '    turn.uses += 1\n',
    to: '',
  },
  {
    law: 'L61',
    file: `${admission}/turns.ts`,
    from: 'if (over + this.#settings.waitingMs > now) break',
    to: 'if (over > now) break',
  },
  {
    law: 'L61',
    file: `${http}/process.ts`,
    from: "  if (text === '') return null\n  if (!/^[\\x21-\\x7e]{16,512}$/.test(text))",
    to: "  if (text !== '' && !/^[\\x21-\\x7e]{16,512}$/.test(text))",
  },
  {
    law: 'L61',
    file: `${auth}/admission.ts`,
    from: 'return now < ticket.expiresAt ?',
    to: 'return now <= ticket.expiresAt ?',
  },
  {
    law: 'L61',
    file: `${auth}/admission.ts`,
    from: '    if (!plainRest.test(text.slice(HEADER_AND_DOT.length))) return null\n',
    to: '',
  },
  {
    law: 'L61',
    file: `${auth}/admission.ts`,
    from: '[AEIMQUYcgkosw048]$/',
    to: '[A-Za-z0-9_-]$/',
  },
  {
    law: 'L61',
    file: `${auth}/admission.ts`,
    from: "createHmac('sha256', holderKey).update(sessionToken).digest().toString('base64url', 0, 16)",
    to: 'sessionToken',
  },
  {
    law: 'L62',
    file: `${http}/edge.ts`,
    from: 'throughGate(edge.gate, { headers, asksWho }, (aside) => carryOut({ ...coming, aside }))',
    to: 'carryOut({ ...coming })',
  },
  {
    law: 'L62',
    file: `${http}/edge.ts`,
    from: '  if (anonymous) return null\n',
    to: '',
  },
  {
    law: 'L62',
    file: `${http}/edge.ts`,
    from: 'edge.atWork > edge.limits.shedAt[route.shed]',
    to: 'edge.inFlight > edge.limits.shedAt[route.shed]',
  },
  {
    law: 'L62',
    file: `${http}/gate.ts`,
    from: '    entry.leave({',
    to: '    if (!wasOverloaded) entry.leave({',
  },
  {
    law: 'L62',
    file: `${http}/edge.ts`,
    from: 'async function bodyOf({ edge, route, request, aside }: Coming) {\n  edge.inFlight -= 1\n',
    to: 'async function bodyOf({ edge, route, request, aside }: Coming) {\n  edge.inFlight -= 0\n',
  },
  {
    law: 'L62',
    file: `${http}/bodies.ts`,
    from: '      oldest()\n',
    to: '',
  },
  {
    law: 'L62',
    file: `${admission}/pace.ts`,
    from: '  stepAside(): void {\n    this.#inFlight -= 1\n',
    to: '  stepAside(): void {\n',
  },
  {
    law: 'L63',
    file: `${admission}/pace.ts`,
    from: 'const REACH_DOUBLES_SECONDS = 0.5\n',
    to: 'const REACH_DOUBLES_SECONDS = 50\n',
  },
  {
    law: 'L63',
    file: `${admission}/pace.ts`,
    from: '? this.#inFlight >= this.#settings.inFlightMax * 2',
    to: '? false',
  },
  {
    law: 'L63',
    file: `${admission}/gate.ts`,
    from: '(0.5 + ((this.#asked * GOLDEN) % 1))',
    to: '(1 + this.#asked * 0)',
  },
  {
    law: 'L63',
    file: `${admission}/gate.ts`,
    from: 'ticket, place, estimatedWaitSeconds, retryAfterSeconds }\n',
    to: 'ticket, place, estimatedWaitSeconds }\n',
  },
  {
    law: 'L63',
    file: `${admission}/pace.ts`,
    from: 'if (isFull || this.#credit < 1) {',
    to: 'if (this.#credit < 1) {',
  },
  {
    law: 'L63',
    file: `${admission}/pace.ts`,
    from: 'return Math.min(this.#perSecond, Math.max(this.#perSecond / 2, donePerSecond * EASE))',
    to: 'return this.#perSecond',
  },
  {
    law: 'L63',
    file: `${admission}/pace.ts`,
    from: 'this.#credit = Math.min(most, Math.max(byPace, byIdling))',
    to: 'this.#credit = Math.max(byPace, byIdling)',
  },
  {
    law: 'L63',
    file: `${admission}/pace.ts`,
    from: 'Math.min(perSecondMax, Math.max(perSecondMin, wanted))',
    to: 'Math.min(perSecondMax, wanted)',
  },
  {
    law: 'L64',
    file: `${http}/edge.ts`,
    from: 'edge.atWork > edge.limits.shedAt[route.shed]',
    to: 'edge.inFlight > edge.limits.inFlightMax',
  },
  {
    law: 'L64',
    file: `${http}/edge.ts`,
    from: 'edge.atWork -= 1',
    to: 'edge.atWork -= route.shed === undefined ? 0 : 1',
  },
  {
    law: 'L64',
    file: `${http}/shed.ts`,
    from: 'limit < (inOrder[n - 1] ?? 1)',
    to: 'limit < 1 + n * 0',
  },
  {
    law: 'L64',
    file: 'apps/purchase/src/wallet/route.ts',
    from: "    path: '/v1/wallet',\n    access: ['resident'],\n    shed: 'balance',",
    to: "    path: '/v1/wallet',\n    access: ['resident'],\n    shed: 'sale',",
  },
  {
    law: 'L64',
    file: 'apps/redemption/src/day/route.ts',
    from: "    path: '/v1/shops/:shopId/day',\n    access: ['shop_staff', 'shop_owner'],\n    shed: 'report',\n",
    to: "    path: '/v1/shops/:shopId/day',\n    access: ['shop_staff', 'shop_owner'],\n",
  },
]
