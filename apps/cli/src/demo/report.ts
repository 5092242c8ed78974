import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Verification } from '@minnaken/ledger'
import { identityLines, yenText } from '../money.ts'
import { dataFolder, projectFolder } from '../platform/data-folder.ts'
import type { Fact } from './stage.ts'

const demoFolder = join(dataFolder, 'demo')

/** Writes what a person wants to look at afterwards; answers the path to show. */
export async function writeDemoFile(name: string, bytes: string | Uint8Array): Promise<string> {
  await mkdir(demoFolder, { recursive: true })
  const file = join(demoFolder, name)
  await writeFile(file, bytes)
  return relative(projectFolder, file)
}

export type Summary = Readonly<{
  applicants: number
  draw: Readonly<{
    units: number
    level: number | null
    remainder: number | null
    candidates: number | null
    groups: readonly Readonly<{
      group: string
      units: number
      level: number
      remainder: number
      candidates: number
    }>[]
    histogram: readonly Readonly<{ units: number; applicants: number }>[]
  }>
  /** Units that nobody paid or that were left over, and what was sold of them. */
  secondSale: Readonly<{ unitsFree: number; unitsSold: number }>
  payments: number
  voids: number
  replays: number
  refusals: ReadonlyMap<string, number>
  runs: readonly Readonly<{
    periodEnd: string
    payDate: string
    transfers: number
    paidYen: number
  }>[]
  verification: Verification
  facts: readonly Fact[]
  files: readonly string[]
  seconds: number
}>

const shareText = (
  share: Readonly<{ level: number; remainder: number | null; candidates: number | null }>,
): string =>
  `全員 ${share.level} 口まで、残り ${share.remainder ?? 0} 口を ${share.candidates ?? 0} 人で抽選`

/** The demo on one page. */
export function pageOf(summary: Summary): string {
  const { draw, verification, facts } = summary
  const wrong = facts.filter(({ ok }) => !ok)
  const refusals = [...summary.refusals].map(([code, times]) => `${code} ${times}`).join('、')
  return [
    '',
    '═══ みらい区 プレミアム付き区内共通商品券 デモ ═══',
    '',
    `申込 ${summary.applicants} 人・販売 ${draw.units} 口${draw.level === null ? '' : `: ${shareText({ ...draw, level: draw.level })}`}`,
    ...draw.groups.map((group) => `  ${group.group} ${group.units} 口: ${shareText(group)}`),
    ...draw.histogram.map(
      ({ units, applicants }) =>
        `  ${units}口 ${String(applicants).padStart(6)} 人 ${'▇'.repeat(Math.round((applicants / summary.applicants) * 40))}`,
    ),
    '',
    `二次販売 ${summary.secondSale.unitsSold} / ${summary.secondSale.unitsFree} 口`,
    `支払い ${summary.payments} 件・取消 ${summary.voids} 件・再送 ${summary.replays} 件`,
    `断ったもの: ${refusals}`,
    ...summary.runs.map(
      (run) =>
        `締め ${run.periodEnd} → 振込 ${run.payDate}: ${run.transfers} 件 ${yenText(run.paidYen)}`,
    ),
    '',
    ...identityLines(verification.identity),
    '',
    `帳簿の検査 ${verification.checks.filter(({ ok }) => ok).length}/${verification.checks.length}`,
    `確かめたこと ${facts.length - wrong.length}/${facts.length}`,
    ...wrong.map(({ name, detail }) => `  ✗ ${name} ${detail}`),
    ...verification.checks
      .filter(({ ok }) => !ok)
      .map(({ name, firstDifference }) => `  ✗ ${name} ${JSON.stringify(firstDifference)}`),
    '',
    ...summary.files.map((file) => `  ${file}`),
    '',
    `${summary.seconds.toFixed(1)} 秒 / seconds · ${wrong.length === 0 && verification.balanced ? 'すべて合っています / every check holds' : '合わないものがあります / a check failed'}`,
    '',
  ].join('\n')
}
