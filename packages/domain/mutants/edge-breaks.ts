import type { Mutant } from './mutant.ts'

const auth = 'packages/auth/src'
const http = 'packages/http/src'

/** Breaks of who comes in, what is read, and what the code is built of. */
export const edgeBreaks: readonly Mutant[] = [
  {
    law: 'L52',
    file: `${auth}/challenge.ts`,
    from: `    .deleteFrom('auth.challenge')
    .where('challenge_id', '=', asked.challengeId)
    .where('purpose', '=', asked.purpose)
    .where('audience', '=', asked.audience)
    .returning(['challenge', 'account_id', 'invite_hash', 'expires_at'])`,
    to: `    .selectFrom('auth.challenge')
    .where('challenge_id', '=', asked.challengeId)
    .where('purpose', '=', asked.purpose)
    .where('audience', '=', asked.audience)
    .select(['challenge', 'account_id', 'invite_hash', 'expires_at'])`,
  },
  {
    law: 'L52',
    file: `${auth}/challenge.ts`,
    from: 'taken.expires_at.getTime() <= asked.at',
    to: 'taken.expires_at.getTime() < asked.at',
  },
  {
    law: 'L52',
    file: `${auth}/sign-in.ts`,
    from: "row('counter', '<', counter)",
    to: "row('counter', '<=', counter)",
  },
  {
    law: 'L52',
    file: `${auth}/proof.ts`,
    from: `      requireUserVerification: true,
      credential: {`,
    to: `      requireUserVerification: false,
      credential: {`,
  },
  {
    law: 'L52',
    file: `${auth}/sign-in.ts`,
    from: "      return { kind: 'passkey_of_another_app', audience: passkey.audience }\n",
    to: '      void passkey\n',
  },
  {
    law: 'L53',
    file: `${auth}/session.ts`,
    from: "    .where('session.revoked_at', 'is', null)\n",
    to: '',
  },
  {
    law: 'L53',
    file: `${auth}/session.ts`,
    from: "    .where('account.stopped_at', 'is', null)\n",
    to: '',
  },
  {
    law: 'L53',
    file: `${auth}/session.ts`,
    from: 'row.audience === audience && row.hash.equals(hash)',
    to: 'row.hash.equals(hash)',
  },
  {
    law: 'L53',
    file: `${http}/reply.ts`,
    from: 'SameSite=Strict',
    to: 'SameSite=None',
  },
  {
    law: 'L54',
    file: `${auth}/invite.ts`,
    from: "    .where('used_at', 'is', null)\n",
    to: '',
  },
  {
    law: 'L54',
    file: `${auth}/invite.ts`,
    from: "    .where('expires_at', '>', new Date(at))\n",
    to: '',
  },
  {
    law: 'L55',
    file: `${http}/strict-json.ts`,
    from: '/^(?:0|[1-9]\\d{0,9})$/',
    to: '/^-?\\d{1,10}$/',
  },
  {
    law: 'L55',
    file: `${http}/strict-json.ts`,
    from: "  if (wasThere) return { code: 'duplicate_key', rule: givenOnce }\n",
    to: '',
  },
  {
    law: 'L56',
    file: `${http}/edge.ts`,
    from: "return allowed.includes(actor.role) ? actor : problem('forbidden')",
    to: 'return actor',
  },
  {
    law: 'L56',
    file: 'apps/redemption/src/void/route.ts',
    from: "access: ['shop_staff', 'shop_owner', 'clerk'],",
    to: "access: ['shop_staff', 'shop_owner', 'clerk', 'auditor'],",
  },
  {
    law: 'L56',
    file: 'apps/redemption/src/tills/tills.ts',
    from: "    .where('owner_account_id', '=', accountId)\n",
    to: '',
  },
  {
    law: 'L56',
    file: 'apps/redemption/src/void/void.ts',
    from: "if (voider.by === 'staff') return voider.shopId === payment.shopId",
    to: "if (voider.by === 'staff') return true",
  },
  {
    law: 'L57',
    file: `${http}/edge.ts`,
    from: "  edge.log.fault(error, where)\n  return problem('internal')",
    to: "  edge.log.fault(error, where)\n  return problem('internal', { message: String(error) })",
  },
  {
    law: 'L57',
    file: `${http}/log.ts`,
    from: 'name: plainName(error.constructor.name),',
    to: 'name: error.message,',
  },
  {
    law: 'L58',
    file: 'packages/db/src/migrate.ts',
    from: 'if (file.sha256 !== ran.sha256)',
    to: "if (file.sha256 === '')",
  },
  {
    law: 'L58',
    file: 'packages/db/src/migrate.ts',
    from: 'if (files[index]?.name !== ran.name)',
    to: 'if (files[index] === undefined)',
  },
  {
    law: 'L59',
    file: 'packages/domain/src/yen.ts',
    from: "import { assert } from './assert.ts'",
    to: "import { assert } from './assert.ts'\nimport 'node:crypto'",
  },
  {
    law: 'L59',
    file: 'packages/domain/src/second-sale.ts',
    from: 'let left = sale.stock',
    to: 'let left = Date.now() > 0 ? sale.stock : 0',
  },
  {
    law: 'L59',
    file: 'apps/redemption/src/deps.ts',
    from: "from '@minnaken/ledger'",
    to: "from '@minnaken/ledger'\nimport '@minnaken/settlement'",
  },
  {
    law: 'L56',
    file: 'apps/settlement/src/approve/route.ts',
    from: "access: ['approver'],",
    to: "access: ['approver', 'clerk'],",
  },
  {
    law: 'L56',
    file: 'apps/purchase/src/campaigns/route.ts',
    from: "access: ['clerk'],",
    to: "access: ['clerk', 'resident'],",
  },
  {
    law: 'L53',
    file: 'packages/db/migrations/0002_auth.sql',
    from: 'as restrictive for delete',
    to: 'for delete',
  },
  {
    law: 'L85',
    file: 'apps/cli/src/front-door/door-process.ts',
    from: "if (name !== 'shop') yieldToTills()",
    to: 'yieldToTills()',
  },
  {
    law: 'L85',
    file: 'apps/cli/src/front-door/api.ts',
    from: 'if (atOnce[service] >= atOnceMax) {',
    to: 'if (atOnce[service] < 0) {',
  },
  {
    law: 'L85',
    file: 'apps/cli/src/front-door/api.ts',
    from: "    if (answer.headers['content-type']?.startsWith('text/event-stream') === true) isOver()\n",
    to: '',
  },
  {
    law: 'L85',
    file: 'apps/cli/src/front-door/api.ts',
    from: '    isOver()\n    upstream.destroy()',
    to: '    upstream.destroy()',
  },
  {
    law: 'L85',
    file: `${http}/process.ts`,
    from: '=== process.pid',
    to: '!== process.pid',
  },
]
