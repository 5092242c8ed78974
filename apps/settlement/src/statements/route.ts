import { bytes, file, isoOf, problem, reply, route } from '@minnaken/http'
import {
  nextPayoutReply,
  shopParams,
  statementParams,
  statementReply,
  statementsReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { isOwnShop } from '../screen/own.ts'
import { nextPayout } from './next.ts'
import { statementCsv, statementPdf } from './print.ts'
import { statementsOf, wholeStatement } from './show.ts'

export const statementsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/statements',
    access: ['shop_owner'],
    summary: { ja: '店の支払通知書の一覧', en: 'The statements of my shop' },
    params: shopParams,
    replies: { 200: statementsReply },
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      return reply(200, { statements: await statementsOf(deps.db, { shopId }) })
    },
  })

export const statementRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/statements/:statementNo',
    access: ['shop_owner'],
    summary: { ja: '支払通知書と明細', en: 'A statement with every line' },
    params: statementParams,
    replies: { 200: statementReply },
    handle: async ({ params: { shopId, statementNo }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const statement = await wholeStatement(deps, { shopId, statementNo })
      return statement === null ? problem('not_found') : reply(200, statement)
    },
  })

const CSV = 'text/csv; charset=utf-8'
const PDF = 'application/pdf'

export const statementCsvRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/statements/:statementNo/file.csv',
    access: ['shop_owner'],
    summary: { ja: '支払通知書の明細(CSV)', en: 'The lines of a statement as CSV' },
    params: statementParams,
    replies: { 200: bytes(CSV) },
    handle: async ({ params: { shopId, statementNo }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const found = await wholeStatement(deps, { shopId, statementNo })
      if (found === null) return problem('not_found')
      return file(Buffer.from(statementCsv(found)), CSV, `支払通知書_${statementNo}.csv`)
    },
  })

export const statementPdfRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/statements/:statementNo/file.pdf',
    access: ['shop_owner'],
    summary: { ja: '支払通知書(PDF)', en: 'A statement as PDF' },
    params: statementParams,
    replies: { 200: bytes(PDF) },
    handle: async ({ params: { shopId, statementNo }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const found = await wholeStatement(deps, { shopId, statementNo })
      if (found === null) return problem('not_found')
      const federation = await deps.db
        .selectFrom('settlement.federation')
        .select(['name', 'address', 'registration_no as registrationNo'])
        .executeTakeFirstOrThrow()
      const pdf = await statementPdf(found, federation)
      return file(pdf, PDF, `支払通知書_${statementNo}.pdf`)
    },
  })

export const nextPayoutRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/next-payout',
    access: ['shop_owner'],
    summary: { ja: '次の入金(これまでの分)', en: 'My next payout, by what has happened until now' },
    params: shopParams,
    replies: { 200: nextPayoutReply },
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const at = deps.now()
      const next = await nextPayout(deps, { shopId, at })
      return next === null ? problem('not_found') : reply(200, { ...next, serverTime: isoOf(at) })
    },
  })
