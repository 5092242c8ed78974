import { problem, readStrictJson, reply, route, isoOf, refusalReply } from '@minnaken/http'
import { campaignParams, campaignReply, campaignsReply, openedCampaignReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { openCampaign } from './open.ts'
import { campaignView } from './view.ts'

export const listCampaignsRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/campaigns',
    access: 'anyone',
    anonymous: true,
    tagged: true,
    shed: 'sale',
    summary: { ja: '事業の一覧', en: 'The campaigns' },
    replies: { 200: campaignsReply },
    handle: async () => {
      const campaigns = await deps.campaigns.all()
      return reply(200, { campaigns: campaigns.map(campaignView) })
    },
  })

export const showCampaignRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/campaigns/:code',
    access: 'anyone',
    anonymous: true,
    shed: 'sale',
    summary: { ja: '事業の内容', en: 'One campaign' },
    params: campaignParams,
    replies: { 200: campaignReply },
    handle: async ({ params: { code } }) => {
      const open = await deps.findCampaign(code)
      return open === null ? problem('not_found') : reply(200, campaignView(open))
    },
  })

/** Takes the file itself as the body: what is kept and hashed are the very bytes that were sent. */
export const openCampaignRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/campaigns',
    access: ['clerk'],
    summary: { ja: '事業を開く(設定ファイル)', en: 'Open a campaign from its file' },
    raw: true,
    bodyBytesMax: 256 * 1024,
    replies: { 201: openedCampaignReply, 200: openedCampaignReply },
    problems: ['campaign_refused', 'campaign_exists'],
    handle: async ({ bytes, actor: { accountId } }) => {
      const json = readStrictJson(bytes)
      if (json.kind === 'refused') return problem(json.code, { faults: json.faults })
      const text = Buffer.from(bytes).toString()
      const outcome = await openCampaign(deps, { text, value: json.value, by: accountId })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      const { sha256, openedAt, findings } = outcome
      const opened = { ...campaignView(outcome), sha256, openedAt: isoOf(openedAt), findings }
      return outcome.kind === 'opened' ? reply(201, opened) : reply(200, opened)
    },
  })
