import { call, insist } from '../people/call.ts'
import type { ServiceUrls } from '../platform/services.ts'
import type { Accounts } from './accounts.ts'

/** What the platform tells of a campaign's windows, as far as the ready page needs it. */
export type Windows = Readonly<{
  apply: Period
  drawAt: string
  resultsAt: string
  pay: Period
  secondSale: Period | null
  use: Period
}>

type Period = Readonly<{ from: string; until: string }>

export type CampaignToday = Readonly<{
  code: string
  name: string
  /** What is going on in it at this moment, in words. */
  words: string
  isApplyOpen: boolean
  /** Anyone may buy now. */
  isSecondSaleOpen: boolean
  isUseOpen: boolean
}>

const read = async (url: string) => (await insist(() => call({ method: 'GET', url }))).body

/** The two invented campaigns as they are at this moment, asked of the running platform. */
export async function campaignsToday(
  { purchase, redemption }: Pick<ServiceUrls, 'purchase' | 'redemption'>,
  { applying, spending }: Accounts['campaigns'],
): Promise<readonly CampaignToday[]> {
  const { campaigns } = (await read(`${purchase}/v1/campaigns`)) as {
    campaigns: readonly Readonly<{ code: string; name: string; windows: Windows }>[]
  }
  const { serverTime } = (await read(`${redemption}/v1/time`)) as { serverTime: string }
  return [applying, spending].flatMap((wished) =>
    campaigns
      .filter(({ code }) => code === wished)
      .map(({ code, name, windows }) => ({
        code,
        name,
        ...stateOf(windows, Date.parse(serverTime)),
      })),
  )
}

/** What is going on in a campaign; whatever people can do comes before what they wait for. */
export function stateOf(
  windows: Windows,
  now: number,
): Pick<CampaignToday, 'words' | 'isApplyOpen' | 'isSecondSaleOpen' | 'isUseOpen'> {
  const isIn = ({ from, until }: Period) => Date.parse(from) <= now && now < Date.parse(until)
  const { apply, pay, secondSale, use } = windows
  const isSecondSaleOpen = secondSale !== null && isIn(secondSale)
  const open = [
    isIn(apply) ? '申込み受付中 open for applications' : '',
    isIn(pay) ? '支払期間 winners pay' : '',
    isSecondSaleOpen ? '二次販売中 second sale' : '',
    isIn(use) ? '利用期間中 vouchers can be spent' : '',
  ].filter((words) => words !== '')
  return {
    words: open.length > 0 ? open.join('・') : waiting(windows, now),
    isApplyOpen: isIn(apply),
    isSecondSaleOpen,
    isUseOpen: isIn(use),
  }
}

function waiting({ apply, drawAt, resultsAt, use }: Windows, now: number): string {
  if (now < Date.parse(apply.from)) return '申込み前 before applications'
  if (now < Date.parse(drawAt)) return '申込み終了・抽選前 before the draw'
  if (now < Date.parse(resultsAt)) return '抽選後・発表前 before the results'
  return now < Date.parse(use.until) ? '次の期間を待っています between windows' : '終了 over'
}
