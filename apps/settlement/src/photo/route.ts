import { photoLimits } from '@minnaken/domain'
import { bytes, picture, problem, refusalReply, reply, route } from '@minnaken/http'
import { photoParams, photoRemovalBody, photoReply, shopParams } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { isOwnShop } from '../screen/own.ts'
import { findPhoto, rejectPhoto, removePhoto, savePhoto } from './photo.ts'

const JPEG = 'image/jpeg'

export const savePhotoRoute = (deps: Deps) =>
  route({
    method: 'put',
    path: '/v1/shops/:shopId/photo',
    access: ['shop_owner'],
    shed: 'report',
    summary: {
      ja: '店の写真を登録する(JPEG。撮影場所などの情報を含まないもの)',
      en: 'Show a photo of my shop: a JPEG that says nothing beside its picture',
    },
    params: shopParams,
    raw: true,
    bodyBytesMax: photoLimits.bytesMax,
    replies: { 200: photoReply },
    problems: ['photo_not_jpeg', 'photo_says_more', 'photo_wrong_size', 'shop_wrong_state'],
    handle: async ({ params: { shopId }, bytes: jpeg, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      const outcome = await savePhoto(deps, { shopId, jpeg })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      return reply(200, { photoId: outcome.photoId })
    },
  })

export const removePhotoRoute = (deps: Deps) =>
  route({
    method: 'delete',
    path: '/v1/shops/:shopId/photo',
    access: ['shop_owner'],
    summary: { ja: '店の写真を消す', en: 'Show no photo of my shop any more' },
    params: shopParams,
    replies: { 200: photoReply },
    handle: async ({ params: { shopId }, actor: { accountId } }) => {
      if (!(await isOwnShop(deps, { shopId, accountId }))) return problem('not_found')
      await removePhoto(deps.db, shopId)
      return reply(200, { photoId: null })
    },
  })

export const rejectPhotoRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/shops/:shopId/photo/removal',
    access: ['clerk'],
    summary: { ja: 'ふさわしくない店の写真を取り下げる', en: 'Take an unfit photo of a shop away' },
    params: shopParams,
    body: photoRemovalBody,
    replies: { 200: photoReply },
    handle: async ({ params: { shopId }, body, actor: { accountId: clerkId } }) => {
      const outcome = await rejectPhoto(deps, { shopId, ...body, clerkId })
      if (outcome.kind === 'not_found') return problem('not_found')
      return reply(200, { photoId: outcome.photoId })
    },
  })

export const publicPhotoRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/public/shop-photos/:photoId',
    access: 'anyone',
    anonymous: true,
    tagged: true,
    shed: 'report',
    summary: { ja: '店の写真', en: 'A photo of a shop, for anyone' },
    params: photoParams,
    replies: { 200: bytes(JPEG) },
    handle: async ({ params: { photoId } }) => {
      const jpeg = await findPhoto(deps.db, photoId)
      return jpeg === null ? problem('not_found') : picture(jpeg, JPEG, photoId)
    },
  })
