import { randomInt } from 'node:crypto'
import { barriersOn } from './_barriers.ts'
import {
  UNIT_YEN,
  apply,
  askFor,
  dayOf,
  newCounter,
  newResident,
  resultOn,
  showCode,
  spendableYen,
} from './_people.ts'
import type { Phone } from './_phone.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

test(
  'somebody signs up, applies, wins, buys, pays in flight mode, and gets a part back',
  { timeout: 120_000 },
  async ({ phone }) => {
    const campaign = await stage('openCampaign', { id: `HANA${randomInt(1e9)}` })
    const hana = await newResident(phone)
    await hana.open(`/apply/${campaign.code}`)
    await apply(hana)
    await stage('draw', campaign)
    await hana.daysPass(3)
    await buyWhatWasWon(hana, campaign.code)
    expect(await spendableYen(hana)).toBe(2 * UNIT_YEN)

    await showCode(hana)
    await hana.cutNetwork()
    await hana.page.getByText('電波がなくても、このコードで払えます').waitFor()
    const { shop, till } = await newCounter(phone)
    await askFor(till, 800)
    await till.camera.sees(await hana.screen('show-offline'))
    const taken = await resultOn(till, 'success')
    await till.screen('taken')
    await hana.restoreNetwork()
    const paid = await resultOn(hana, 'success')
    await hana.screen('paid')
    expect([taken.text, paid.text]).toEqual([
      expect.stringContaining('800円'),
      expect.stringContaining('800円'),
    ])
    expect(paid.words).toMatch(/\w-\w/)
    expect(taken.words).toBe(paid.words)
    expect(await barriersOn(hana)).toEqual([])

    await takeBack(till, 300)
    expect(await dayOf(shop)).toMatchObject({ totalYen: 500, redemptions: 1, voidsYen: 300 })
    await hana.page.getByRole('button', { name: '終わる' }).click()
    await hana.page.getByRole('link', { name: 'さいふ' }).click()
    await hana.page.locator(`[data-spendable="${2 * UNIT_YEN - 500}"]`).waitFor()
    await hana.screen('wallet')
    expect(await spendableYen(hana)).toBe(2 * UNIT_YEN - 500)
  },
)

/** Sees the result, draws again on the phone, and buys it by card. */
async function buyWhatWasWon({ open, page, screen }: Phone, campaign: string): Promise<void> {
  await open(`/apply/${campaign}`)
  await page.locator('[data-units-won="2"]').waitFor()
  await screen('result')
  await page.getByRole('link', { name: 'しくみを見る' }).click()
  await page.getByRole('button', { name: '検証する' }).click()
  await page.getByText('あなたの2口も、一覧のとおりです。').waitFor()
  await screen('proof')
  await page.goBack()
  await page.getByRole('button', { name: 'カードで20,000円を払う' }).click()
  await page.locator('[data-order=paid]').waitFor()
}

async function takeBack({ page, screen }: Phone, yen: number): Promise<void> {
  await page.getByRole('link', { name: '今日' }).click()
  await page.getByRole('button', { name: /^取消/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('一部').click()
  await dialog.getByLabel('取り消す金額(円)').fill(String(yen))
  await screen('void')
  await dialog.getByRole('button', { name: `${yen}円を取り消す` }).click()
  await dialog.getByText(`${yen}円を取り消しました`).waitFor()
}
