import type { Mutant } from './mutant.ts'

const domain = 'packages/domain/src'
const zengin = 'packages/zengin/src'

/** Breaks of premium claims, payouts and the banks' file. */
export const settlingBreaks: readonly Mutant[] = [
  {
    law: 'L37',
    file: `${domain}/premium.ts`,
    from: 'const truncated = product / face',
    to: 'const truncated = (product + face / 2n) / face',
  },
  {
    law: 'L37',
    file: `${domain}/premium-claim.ts`,
    from: 'entry.at < at;',
    to: 'entry.at <= at;',
  },
  {
    law: 'L37',
    file: `${domain}/premium-claim.ts`,
    from: '      claimed.set(kind.code, premium)\n',
    to: '',
  },
  {
    law: 'L37',
    file: `${domain}/premium.ts`,
    from: 'units * BigInt(kind.premiumYen) - premiumOf(kind, BigInt(sold.usedYen))',
    to: 'premiumOf(kind, face)',
  },
  {
    law: 'L38',
    file: `${domain}/payable.ts`,
    from: "  if (facts.held) return { ...carried, why: 'held' }\n",
    to: '',
  },
  {
    law: 'L38',
    file: `${domain}/payable.ts`,
    from: 'if (owedYen < minimumYen)',
    to: 'if (owedYen <= minimumYen)',
  },
  {
    law: 'L38',
    file: `${domain}/payable.ts`,
    from: 'feeYen, carriedNextYen: owedYen } as const',
    to: 'feeYen, carriedNextYen: owedYen > 0 ? owedYen : yen(0) } as const',
  },
  {
    law: 'L38',
    file: `${domain}/payable.ts`,
    from: 'netYen < 0 ? -size : size',
    to: 'netYen < 0 ? -size - 1n : size',
  },
  {
    law: 'L39',
    file: `${domain}/payable.ts`,
    from: "    if (payable.kind !== 'paid') continue\n",
    to: '',
  },
  {
    law: 'L39',
    file: `${domain}/payable-statement.ts`,
    from: 'sums.void.yen + sums.correction.yen',
    to: 'sums.void.yen + 2 * sums.correction.yen',
  },
  {
    law: 'L40',
    file: `${domain}/calendar.ts`,
    from: "const early = date.slice(8) <= '15'",
    to: "const early = date.slice(8) < '15'",
  },
  {
    law: 'L40',
    file: `${domain}/calendar.ts`,
    from: "step: roll === 'next' ? 1 : -1",
    to: 'step: 1',
  },
  {
    law: 'L40',
    file: `${zengin}/bank-day.ts`,
    from: "['12-31', '01-02', '01-03']",
    to: "['01-02', '01-03']",
  },
  {
    law: 'L41',
    file: `${domain}/run.ts`,
    from: "  if (approval.by === checkedBy) return { kind: 'self_approval', checkedBy }\n",
    to: '',
  },
  {
    law: 'L41',
    file: `${domain}/run.ts`,
    from: 'if (approval.fileSha256 !== fileSha256)',
    to: "if (approval.fileSha256 === '')",
  },
  {
    law: 'L42',
    file: `${domain}/run.ts`,
    from: 'if (at < endsAt)',
    to: 'if (at < endsAt - 1)',
  },
  {
    law: 'L42',
    file: `${domain}/run.ts`,
    from: "return run.kind === 'approved' ? sendRun(run, event)",
    to: "return run.kind !== 'open' ? sendRun(run, event)",
  },
  {
    law: 'L42',
    file: `${domain}/payout.ts`,
    from: 'accountCorrectedAt > backAt',
    to: 'accountCorrectedAt >= 0',
  },
  {
    law: 'L43',
    file: `${zengin}/write.ts`,
    from: 'bytes.set([0x0d, 0x0a], end)',
    to: 'bytes.set([0x0a, 0x0d], end)',
  },
  {
    law: 'L43',
    file: `${zengin}/write.ts`,
    from: 'const trailer = { count: payments.length, amount: total }',
    to: 'const trailer = { count: records.length, amount: total }',
  },
  {
    law: 'L44',
    file: `${zengin}/name.ts`,
    from: `    if (!Array.from(next).every((piece) => isPermitted(piece, textClass)))
      return refused('not_permitted', character, position)
    half += next`,
    to: "    half += Array.from(next, (piece) => (isPermitted(piece, textClass) ? piece : ' ')).join('')",
  },
  {
    law: 'L44',
    file: `${zengin}/name.ts`,
    from: "  while (end > 0 && markOf(half[end] ?? '') !== undefined) end -= 1\n",
    to: '',
  },
  {
    law: 'L44',
    file: `${zengin}/write-field.ts`,
    from: `  refuse(path, tooLong({ half, fits: cutName(half, length), max: length }))
  return undefined`,
    to: "  return tooLong && cutName(half, length).padEnd(length, ' ')",
  },
]
