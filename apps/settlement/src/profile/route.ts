import { problem, reply, route } from '@minnaken/http'
import { profileBody, profileReply, shopParams } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { isOwnShop } from '../screen/own.ts'
import { type Profile, findProfile, nothingSaid, saveProfile } from './profile.ts'

const languageNames = ['ja', 'en', 'zh-Hans', 'ko'] as const
const days = [0, 1, 2, 3, 4, 5, 6] as const

const shown = (profile: Profile) => ({
  ...profile,
  languages: languageNames.filter((name) => profile.languages.includes(name)),
  hours: profile.hours.flatMap(({ from, until, ...opening }) => {
    const day = days.find((each) => each === opening.day)
    return day === undefined ? [] : [{ day, from, until }]
  }),
})

export const showProfileRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/profile',
    access: ['shop_owner'],
    summary: { ja: '店の紹介(営業時間など)', en: 'What my shop says of itself' },
    params: shopParams,
    replies: { 200: profileReply },
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      return reply(200, shown((await findProfile(deps.db, shopId)) ?? nothingSaid))
    },
  })

export const changeProfileRoute = (deps: Deps) =>
  route({
    method: 'put',
    path: '/v1/shops/:shopId/profile',
    access: ['shop_owner'],
    summary: { ja: '店の紹介を変える', en: 'Change what my shop says of itself' },
    params: shopParams,
    body: profileBody,
    replies: { 200: profileReply },
    handle: async ({ params: { shopId }, body, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const profile = { ...body, website: body.website ?? null, location: body.location ?? null }
      await saveProfile(deps.db, { shopId, profile, at: deps.now() })
      return reply(200, shown((await findProfile(deps.db, shopId)) ?? nothingSaid))
    },
  })
