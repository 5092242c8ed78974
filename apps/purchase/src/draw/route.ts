import { file, problem, reply, route, bytes, isoOf, refusalReply } from '@minnaken/http'
import {
  campaignParams,
  drawReply,
  ranDrawReply,
  resultReply,
  runDrawBody,
  whatIfQuery,
  whatIfReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'
import { commitDraw } from './commit.ts'
import { drawView, findDraw } from './draw.ts'
import { freezeDraw } from './freeze.ts'
import { findPublication, publishDraw } from './publish.ts'
import { findResult, wordsOf } from './result.ts'
import { runDraw } from './run.ts'
import { whatIf } from './what-if.ts'

export const showDrawRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/campaigns/:code/draw',
    access: 'anyone',
    anonymous: true,
    shed: 'sale',
    summary: { ja: '抽選の状態', en: 'How far the draw is' },
    params: campaignParams,
    replies: { 200: drawReply },
    handle: async ({ params: { code } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      return reply(200, drawView(code, await findDraw(deps.db, open.campaignId)))
    },
  })

export const commitDrawRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/draw/commit',
    access: ['clerk'],
    summary: { ja: '抽選の秘密の値を約束する', en: 'Commit to the secret of the draw' },
    params: campaignParams,
    replies: { 200: drawReply },
    problems: ['commit_too_late'],
    handle: async ({ params: { code }, actor: { accountId } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const outcome = await commitDraw(deps, open, { by: accountId })
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : reply(200, drawView(code, outcome.draw))
    },
  })

export const freezeDrawRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/draw/freeze',
    access: ['clerk'],
    summary: { ja: '申込の一覧を確定する', en: 'Freeze the list of applications' },
    params: campaignParams,
    replies: { 200: drawReply },
    problems: ['draw_not_committed', 'applications_open'],
    handle: async ({ params: { code }, actor: { accountId } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const outcome = await freezeDraw(deps, open, { by: accountId })
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : reply(200, drawView(code, outcome.draw))
    },
  })

export const runDrawRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/draw/run',
    access: ['clerk'],
    summary: { ja: '抽選を行う', en: 'Run the draw' },
    params: campaignParams,
    body: runDrawBody,
    replies: { 200: ranDrawReply },
    problems: ['draw_not_frozen', 'draw_not_due', 'draw_already_run', 'not_everyone_wins'],
    handle: async ({ params: { code }, body, actor: { accountId } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const outcome = await runDraw(deps, open, {
        publicValue: body.publicValue,
        isConfirmed: body.confirmNotEveryoneWins ?? false,
        by: accountId,
      })
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : reply(200, { ...drawView(code, outcome.draw), ...outcome.summary })
    },
  })

export const publishDrawRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns/:code/draw/publish',
    access: ['clerk'],
    summary: { ja: '抽選結果を公開する', en: 'Publish the result' },
    params: campaignParams,
    replies: { 200: drawReply },
    problems: ['draw_not_run', 'results_not_due'],
    handle: async ({ params: { code }, actor: { accountId } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const outcome = await publishDraw(deps, open, { by: accountId })
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : reply(200, drawView(code, outcome.draw))
    },
  })

export const publicationRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/campaigns/:code/draw/publication',
    access: 'anyone',
    anonymous: true,
    shed: 'report',
    summary: { ja: '抽選の公開ファイル', en: 'The publication file of the draw' },
    params: campaignParams,
    replies: { 200: bytes('application/json') },
    problems: ['result_not_published'],
    handle: async ({ params: { code } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const text = await findPublication(deps.db, open.campaignId)
      return text === null
        ? problem('result_not_published', { dueAt: isoOf(open.campaign.windows.results) })
        : file(Buffer.from(text), 'application/json', `draw-${code}.json`)
    },
  })

export const whatIfRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/campaigns/:code/draw/what-if',
    access: ['clerk'],
    shed: 'report',
    summary: { ja: '抽選の試算', en: 'What a draw would come to' },
    params: campaignParams,
    query: whatIfQuery,
    replies: { 200: whatIfReply },
    problems: ['what_if_undefined'],
    handle: async ({ params: { code }, query }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const outcome = await whatIf(deps.db, open, query)
      return outcome.kind === 'refused'
        ? refusalReply(outcome)
        : reply(200, { campaign: code, cap: outcome.cap, ...outcome.summary })
    },
  })

export const resultRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/campaigns/:code/result/mine',
    access: ['resident'],
    shed: 'sale',
    summary: { ja: '自分の抽選結果', en: 'My result' },
    params: campaignParams,
    replies: { 200: resultReply },
    problems: ['result_not_published'],
    handle: async ({ params: { code }, actor: { accountId } }) => {
      const open = await deps.findCampaign(code)
      if (open === null) return problem('not_found')
      const outcome = await findResult(deps, open, { accountId })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      if (outcome.kind === 'not_found') return problem('not_found')
      const { result } = outcome
      const { pay } = open.campaign.windows
      return reply(200, {
        campaign: code,
        ...result,
        payFrom: isoOf(pay.from),
        payBy: isoOf(pay.until),
        words: wordsOf(result),
      })
    },
  })
