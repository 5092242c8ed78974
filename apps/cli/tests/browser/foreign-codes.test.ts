import { pictureOfCode } from '@minnaken/qr/testing'
import { askFor, newCounter, newResident, openReader } from './_people.ts'
import { printedCode } from './_print.ts'
import { test } from './_test.ts'

/** A shop's code of PayPay, and what its payers show. */
const payPayShop = 'https://qr.paypay.ne.jp/28180104AbCdEfGhIjKlMnOp'
const payPayPayer = '123456789012345678901234'
/** The example of a JPQR code that its specification prints. */
const jpqr =
  '0002016003xxx01021129300012D156000000000510A93FO3230Q31280012D156000000010308123456782668' +
  '0019jp.or.paymentsjapan01130000000000001020400010306000001040600000153033925903xxx6418' +
  '0002JA0108メルペイ カフェ520441115802JP610710661436304DEE9'
const address = 'https://www.example.jp/menu'
const lookAlike = 'https://minnaken.example/s/1000015'

test("a till says whose code it is shown, and asks for the customer's", async ({
  phone,
  programs,
}) => {
  const { shop, till } = await newCounter(phone)
  await askFor(till, 800)
  const says = async (picture: Uint8Array, words: string) => {
    await till.camera.sees(picture)
    await till.page.getByText(words).waitFor()
    await till.page.getByText('「払う」→「見せる」を開いてもらってください').waitFor()
  }
  await says(pictureOfCode(payPayPayer), 'これはPayPayのコードです。みんな券ではありません')
  await till.screen('foreign-at-till')
  await says(pictureOfCode(jpqr), 'これはみんな券のコードではありません')
  await says(pictureOfCode(payPayShop), 'これはPayPayのコードです')
  await says(pictureOfCode(address), 'これはみんな券のコードではありません')
  await says(await printedCode(programs, shop), 'これは店のコードです')
})

test("a payer's camera says whose code it is shown, and pays nobody", async ({ phone }) => {
  const hana = await newResident(phone)
  await openReader(hana)
  const says = async (text: string, words: string) => {
    await hana.camera.sees(pictureOfCode(text))
    await hana.page.getByText(words).waitFor()
  }
  await says(payPayShop, 'これは別の会社(PayPayなど)のコードです。みんな券では払えません。')
  await hana.screen('foreign-at-payer')
  await says(jpqr, 'これは別の会社のコードです。みんな券では払えません。')
  await says(lookAlike, '別のアドレス(minnaken.example)のコードです。払わずに、')
  await says(address, 'これは別の会社のコードです。みんな券では払えません。')
  await says('はずれ', 'みんな券のコードではありません。')
})
