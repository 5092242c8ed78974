import { bytes, file, problem, route } from '@minnaken/http'
import { shopCodeQuery, shopParams } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { shopCodePdf } from './shop-code.ts'

const PDF = 'application/pdf'

export const shopCodePdfRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/shops/:shopId/shop-code.pdf',
    access: ['shop_owner'],
    summary: { ja: '店のコードを印刷する(ポスター・シール)', en: 'Print the code of my shop' },
    params: shopParams,
    query: shopCodeQuery,
    replies: { 200: bytes(PDF) },
    problems: ['shop_without_code'],
    handle: async ({ params: { shopId }, query, actor: { accountId } }) => {
      const shop = await deps.db
        .selectFrom('shop.shop')
        .select(['shop_no', 'name', 'state'])
        .where('shop_id', '=', shopId)
        .where('owner_account_id', '=', accountId)
        .executeTakeFirst()
      if (shop === undefined) return problem('not_found')
      if (!['active', 'suspended'].includes(shop.state))
        return problem('shop_without_code', { state: shop.state })
      const size = query.size ?? 'a4'
      const { origin } = deps.auth.origins.resident
      const pdf = await shopCodePdf(
        { shopNo: shop.shop_no, name: shop.name },
        { origin, size, at: deps.now() },
      )
      return file(pdf, PDF, `みんな券_${shop.shop_no}_${size}.pdf`)
    },
  })
