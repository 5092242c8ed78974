import type { Mutant } from './mutant.ts'

const domain = 'packages/domain/src'
const zengin = 'packages/zengin/src'

/** Breaks of premium claims, payouts and the banks' file. */
export const settlingBreaks: readonly Mutant[] = [
  {
    law: 'L42',
    file: `${domain}/premium.ts`,
    from: 'const truncated = product / face',
    to: 'const truncated = (product + face / 2n) / face',
  },
  {
    law: 'L42',
    file: `${domain}/premium-claim.ts`,
    from: 'entry.at < at;',
    to: 'entry.at <= at;',
  },
  {
    law: 'L42',
    file: `${domain}/premium-claim.ts`,
    from: '      claimed.set(kind.code, premium)\n',
    to: '',
  },
  {
    law: 'L42',
    file: `${domain}/premium.ts`,
    from: 'units * BigInt(kind.premiumYen) - premiumOf(kind, BigInt(sold.usedYen))',
    to: 'premiumOf(kind, face)',
  },
  {
    law: 'L43',
    file: `${domain}/payable.ts`,
    from: "  if (facts.held) return { ...carried, why: 'held' }\n",
    to: '',
  },
  {
    law: 'L43',
    file: `${domain}/payable.ts`,
    from: 'if (owedYen < minimumYen)',
    to: 'if (owedYen <= minimumYen)',
  },
  {
    law: 'L43',
    file: `${domain}/payable.ts`,
    from: 'feeYen, carriedNextYen: owedYen } as const',
    to: 'feeYen, carriedNextYen: owedYen > 0 ? owedYen : yen(0) } as const',
  },
  {
    law: 'L43',
    file: `${domain}/payable.ts`,
    from: 'netYen < 0 ? -size : size',
    to: 'netYen < 0 ? -size - 1n : size',
  },
  {
    law: 'L44',
    file: `${domain}/payable.ts`,
    from: "    if (payable.kind !== 'paid') continue\n",
    to: '',
  },
  {
    law: 'L44',
    file: `${domain}/payable-statement.ts`,
    from: 'sums.void.yen + sums.correction.yen',
    to: 'sums.void.yen + 2 * sums.correction.yen',
  },
  {
    law: 'L45',
    file: `${domain}/calendar.ts`,
    from: "const early = date.slice(8) <= '15'",
    to: "const early = date.slice(8) < '15'",
  },
  {
    law: 'L45',
    file: `${domain}/calendar.ts`,
    from: "step: roll === 'next' ? 1 : -1",
    to: 'step: 1',
  },
  {
    law: 'L45',
    file: `${zengin}/bank-day.ts`,
    from: "['1231', '0101', '0102', '0103']",
    to: "['0101', '0102', '0103']",
  },
  {
    law: 'L47',
    file: `${domain}/run.ts`,
    from: "  if (approval.by === checkedBy) return { kind: 'self_approval', checkedBy }\n",
    to: '',
  },
  {
    law: 'L47',
    file: `${domain}/run.ts`,
    from: 'if (approval.fileSha256 !== fileSha256)',
    to: "if (approval.fileSha256 === '')",
  },
  {
    law: 'L49',
    file: `${domain}/run.ts`,
    from: 'if (at < endsAt)',
    to: 'if (at < endsAt - 1)',
  },
  {
    law: 'L49',
    file: `${domain}/run.ts`,
    from: "return run.kind === 'approved' ? sendRun(run, event)",
    to: "return run.kind !== 'open' ? sendRun(run, event)",
  },
  {
    law: 'L49',
    file: `${domain}/payout.ts`,
    from: 'accountCorrectedAt > backAt',
    to: 'accountCorrectedAt >= 0',
  },
  {
    law: 'L50',
    file: `${zengin}/write.ts`,
    from: 'bytes.set([0x0d, 0x0a], end)',
    to: 'bytes.set([0x0a, 0x0d], end)',
  },
  {
    law: 'L50',
    file: `${zengin}/write.ts`,
    from: 'const trailer = { count: payments.length, amount: total }',
    to: 'const trailer = { count: records.length, amount: total }',
  },
  {
    law: 'L51',
    file: `${zengin}/name.ts`,
    from: `    if (!Array.from(next).every((piece) => isPermitted(piece, textClass)))
      return refused('not_permitted', character, position)
    half += next`,
    to: "    half += Array.from(next, (piece) => (isPermitted(piece, textClass) ? piece : ' ')).join('')",
  },
  {
    law: 'L51',
    file: `${zengin}/name.ts`,
    from: "  while (end > 0 && markOf(half[end] ?? '') !== undefined) end -= 1\n",
    to: '',
  },
  {
    law: 'L51',
    file: `${zengin}/write-field.ts`,
    from: `  refuse(path, tooLong({ half, fits: cutName(half, length), max: length }))
  return undefined`,
    to: "  return tooLong && cutName(half, length).padEnd(length, ' ')",
  },
  {
    law: 'L46',
    file: 'apps/settlement/src/close/lines.ts',
    from: "case voided_by when 'federation' then 'correction' else 'void' end",
    to: "'void'",
  },
  {
    law: 'L46',
    file: 'apps/settlement/src/close/close.ts',
    from: `    if (run.state !== 'open') return 'closed_before'
`,
    to: '',
  },
  {
    law: 'L46',
    file: 'apps/settlement/src/close/lines.ts',
    from: '    on conflict (bucket, source_id) do nothing`.execute(db)',
    to: '    `.execute(db)',
  },
  {
    law: 'L48',
    file: 'apps/settlement/src/account/check.ts',
    from: `    if (account.confirmedAt === null) return refused({ kind: 'account_unconfirmed' })
`,
    to: '',
  },
  {
    law: 'L48',
    file: 'apps/settlement/src/account/check.ts',
    from: 'if (rivals.some((each) => each.ownerAccountId !== ownerAccountId))',
    to: "if (rivals.some((each) => each.ownerAccountId === ''))",
  },
  {
    law: 'L48',
    file: 'apps/settlement/src/account/payee.ts',
    from: ".where('payout.state', 'in', ['instructed', 'sent'])",
    to: ".where('payout.state', 'in', ['instructed'])",
  },
  {
    law: 'L47',
    file: 'apps/settlement/src/approve/approve.ts',
    from: 'if (!isAsChecked(file, sha256) || !(await areAsWritten(tx, run, statements)))',
    to: "if (file.kind !== 'rendered')",
  },
  {
    law: 'L49',
    file: 'apps/settlement/src/statements/facts.ts',
    from: "and p.state in ('returned', 'recalled')) as came_back",
    to: "and p.state = 'recalled') as came_back",
  },
  {
    law: 'L50',
    file: 'apps/settlement/src/check/payees.ts',
    from: 'row.last_account_id === null ? 1 : row.last_account_id === row.payee_account_id ? 0 : 2',
    to: 'row.last_account_id === null ? 1 : 0',
  },
  {
    law: 'L43',
    file: 'apps/settlement/src/approve/shares.ts',
    from: 'const fee = facts.bucket === feeBucket ? statement.feeYen : 0',
    to: 'const fee = statement.feeYen',
  },
  {
    law: 'L49',
    file: 'packages/domain/src/run.ts',
    from: 'if (jstDateOf(approval.at) > fileDue)',
    to: 'if (jstDateOf(approval.at) > valueDate)',
  },
  {
    law: 'L49',
    file: 'packages/domain/src/calendar.ts',
    from: 'if (on <= fileDueOf(payDate, isBankDay)) return payDate',
    to: 'if (on <= payDate) return payDate',
  },
  {
    law: 'L49',
    file: 'apps/settlement/src/check/check.ts',
    from: ' && closed.pay_date === run.pay_date',
    to: '',
  },
]
