import { problem, reply, route, isoOf, refusalReply } from '@minnaken/http'
import { admissionProblems } from '../admission/route.ts'
import {
  applyBody,
  campaignParams,
  changeBody,
  claimBody,
  keyedBody,
  keyedReply,
  receiptReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { apply } from './apply.ts'
import { changeUnits, receiptShown, withdraw } from './change.ts'
import { claimApplication } from './claim.ts'
import { keyApplications } from './keyed.ts'
import { findApplication } from './own.ts'
import type { Receipt } from './receipt.ts'

const shown = ({ appliedAt, changedAt, ...receipt }: Receipt) => ({
  ...receipt,
  appliedAt: isoOf(appliedAt),
  changedAt: isoOf(changedAt),
})

const listRefusals = ['apply_not_open', 'apply_over', 'list_frozen'] as const

export const applyRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/applications',
    access: ['resident'],
    admission: true,
    shed: 'sale',
    summary: { ja: '申し込む', en: 'Apply for units' },
    params: campaignParams,
    body: applyBody,
    replies: { 201: receiptReply },
    problems: [
      ...admissionProblems,
      ...listRefusals,
      'not_eligible',
      'units_over_cap',
      'already_applied',
      'person_already_applied',
    ],
    handle: async ({ params, body, actor: { accountId } }) => {
      const open = await deps.findCampaign(params.code)
      if (open === null) return problem('not_found')
      const outcome = await apply(deps, open, { accountId, wish: body })
      return outcome.kind === 'refused' ? refusalReply(outcome) : reply(201, shown(outcome.receipt))
    },
  })

export const showApplicationRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/campaigns/:code/applications/mine',
    access: ['resident'],
    shed: 'sale',
    summary: { ja: '自分の申込', en: 'My application' },
    params: campaignParams,
    replies: { 200: receiptReply },
    handle: async ({ params, actor: { accountId } }) => {
      const open = await deps.findCampaign(params.code)
      if (open === null) return problem('not_found')
      const own = await findApplication(deps.db, { campaignId: open.campaignId, accountId })
      return own === null
        ? problem('not_found')
        : reply(200, shown(receiptShown(open.campaign.id, own)))
    },
  })

export const changeApplicationRoute = (deps: Deps) =>
  route({
    method: 'put',
    path: '/v1/campaigns/:code/applications/mine',
    access: ['resident'],
    admission: true,
    shed: 'sale',
    summary: { ja: '申込の口数を変える', en: 'Change how many units I wish for' },
    params: campaignParams,
    body: changeBody,
    replies: { 200: receiptReply },
    problems: [...admissionProblems, ...listRefusals, 'not_applied', 'units_over_cap'],
    handle: async ({ params, body, actor: { accountId } }) => {
      const open = await deps.findCampaign(params.code)
      if (open === null) return problem('not_found')
      const outcome = await changeUnits(deps, open, { accountId, units: body.units })
      return outcome.kind === 'refused' ? refusalReply(outcome) : reply(200, shown(outcome.receipt))
    },
  })

export const withdrawApplicationRoute = (deps: Deps) =>
  route({
    method: 'delete',
    path: '/v1/campaigns/:code/applications/mine',
    access: ['resident'],
    admission: true,
    shed: 'sale',
    summary: { ja: '申込を取り下げる', en: 'Withdraw my application' },
    params: campaignParams,
    replies: { 200: receiptReply },
    problems: [...admissionProblems, ...listRefusals, 'not_applied', 'units_over_cap'],
    handle: async ({ params, actor: { accountId } }) => {
      const open = await deps.findCampaign(params.code)
      if (open === null) return problem('not_found')
      const outcome = await withdraw(deps, open, { accountId })
      return outcome.kind === 'refused' ? refusalReply(outcome) : reply(200, shown(outcome.receipt))
    },
  })

/** A thousand lines of the longest names and addresses fit. */
const keyedBytesMax = 2 * 1024 * 1024

export const keyApplicationsRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/applications/keyed',
    access: ['clerk'],
    shed: 'report',
    summary: { ja: 'はがきの申込を入力する', en: 'Key postcard applications' },
    params: campaignParams,
    body: keyedBody,
    bodyBytesMax: keyedBytesMax,
    replies: { 201: keyedReply },
    problems: [...listRefusals, 'keyed_refused'],
    handle: async ({ params, body, actor: { accountId } }) => {
      const open = await deps.findCampaign(params.code)
      if (open === null) return problem('not_found')
      const outcome = await keyApplications(deps, open, {
        lines: body.applications,
        by: accountId,
      })
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : reply(201, { applications: outcome.applications })
    },
  })

export const claimApplicationRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/applications/claims',
    access: ['resident'],
    admission: true,
    shed: 'sale',
    summary: { ja: 'はがきの申込を引き継ぐ', en: 'Take over a postcard application' },
    body: claimBody,
    replies: { 200: receiptReply },
    problems: [...admissionProblems, 'claim_refused', 'already_applied'],
    handle: async ({ body, actor: { accountId } }) => {
      const outcome = await claimApplication(deps, { ...body, accountId })
      return outcome.kind === 'refused' ? refusalReply(outcome) : reply(200, shown(outcome.receipt))
    },
  })
