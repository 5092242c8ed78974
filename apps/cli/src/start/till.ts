import { shopCodeOf, shopCodeText } from '@minnaken/qr'
import { type Command, InputError, PlatformError, print } from '../command.ts'
import { localOrigins, localUrls } from '../platform/addresses.ts'
import { readAccounts, signInAs } from './accounts.ts'

export const command: Command = {
  usage: 'till',
  summary:
    '開いた画面を試し用の店のレジにする、一回限りのリンクと、店のコード / A link that makes a window a till of the invented shop, and the code that the shop would print.',
  async run(args) {
    if (args.length > 0) throw new InputError(`${args[0]}: ?`)
    const accounts = await readAccounts()
    if (accounts === null)
      throw new PlatformError(
        '試し用の店がまだありません。先に npm start を動かしてください / run npm start first',
      )
    const urls = localUrls()
    const owner = await signInAs('shop_owner', { accounts, urls })
    const { joinCode, expiresAt } = await owner.get({
      method: 'POST',
      url: `${urls.redemption}/v1/shops/${accounts.shopId}/join-codes`,
    })
    const { shops } = (await owner.get({
      method: 'GET',
      url: `${urls.settlement}/v1/shops/mine`,
    })) as Readonly<{ shops: readonly Readonly<{ shopId: string; shopNo: string }>[] }>
    const shopNo = shops.find(({ shopId }) => shopId === accounts.shopId)?.shopNo ?? ''
    const origins = localOrigins()
    const until = new Date(String(expiresAt)).toLocaleTimeString('ja-JP', {
      timeZone: 'Asia/Tokyo',
    })
    await print(
      [
        `${origins.shop}/join#${String(joinCode)}`,
        `1台だけ、${until} まで / one window, until ${until} (Tokyo)`,
        '',
        '店のコードを読む代わりに、利用者の画面で / instead of scanning the shop, in the residents’ window:',
        shopCodeText({ origin: origins.resident, shopNo }),
        `番号 number: ${shopCodeOf(shopNo)}`,
        '',
      ].join('\n'),
    )
    return 0
  },
}
