import { type Command, InputError, PlatformError, print } from '../command.ts'
import { localOrigins, localUrls } from '../platform/addresses.ts'
import { readAccounts, signInAs } from './accounts.ts'

export const command: Command = {
  usage: 'till',
  summary:
    '開いた画面を試し用の店のレジにする、一回限りのリンク / A link that makes a window a till of the invented shop.',
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
    const until = new Date(String(expiresAt)).toLocaleTimeString('ja-JP', {
      timeZone: 'Asia/Tokyo',
    })
    await print(
      `${localOrigins().shop}/join#${String(joinCode)}\n1台だけ、${until} まで / one window, until ${until} (Tokyo)\n`,
    )
    return 0
  },
}
