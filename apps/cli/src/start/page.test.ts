import { expect, test } from 'vitest'
import { campaignsAround } from './campaigns.ts'
import { readyPage } from './page.ts'
import { type Windows, stateOf } from './today.ts'

const START = Date.parse('2026-11-22T12:00:00+09:00')
const DAY_MS = 86_400_000
const { applying, spending } = campaignsAround(START)

const windowsOf = ({ windows }: typeof applying): Windows => {
  const period = ([from = '', until = '']: readonly string[]) => ({ from, until })
  return {
    apply: period(windows.apply),
    drawAt: windows.draw,
    resultsAt: windows.results,
    pay: period(windows.pay),
    secondSale: period(windows.secondSale),
    use: period(windows.use),
  }
}

const campaignsOn = (day: number) =>
  [applying, spending].map((file) => ({
    code: file.id,
    name: file.name,
    ...stateOf(windowsOf(file), START + day * DAY_MS),
  }))

const pageOn = (day: number): string =>
  readyPage({
    urls: { purchase: 'http://p', redemption: 'http://r', settlement: 'http://s' },
    origins: { resident: 'http://localhost:1', shop: 'http://localhost:2' },
    database: { ownerUrl: 'postgres://owner:canary@127.0.0.1:1/x' },
    campaigns: campaignsOn(day),
  })

test.each([
  [0, '申込み受付中', '利用期間中'],
  [11, '申込み終了・抽選前', '二次販売中 second sale・利用期間中'],
  [31, '抽選後・発表前', '利用期間中'],
  [45, '次の期間を待っています', '利用期間中'],
  [51, '支払期間 winners pay・利用期間中', '利用期間中'],
  [400, '終了', '終了'],
])('%i days after the first start the page says what is true then', (day, first, second) => {
  const words = campaignsOn(day).map((it) => it.words)
  expect(words[0]).toContain(first)
  expect(words[1]).toContain(second)
})

test('only what is possible is offered, and what has passed can be made anew', () => {
  expect(pageOn(0)).toContain('/applications')
  expect(pageOn(0)).not.toContain('have passed')
  expect(pageOn(11)).not.toContain('/applications')
  expect(pageOn(11)).toMatch(/申込みの期間は過ぎました.*npx minnaken reset/)
  expect(pageOn(400)).not.toContain('/v1/redemptions')
  expect(pageOn(400)).toContain('npx minnaken reset')
})

test('a payment by hand is explained as long as somebody new can buy and spend', () => {
  expect(pageOn(0)).toContain(`Apply → ${spending.name} → Pay … by card`)
  expect(pageOn(11)).toContain('Pay … by card')
  expect(pageOn(190)).toContain('/v1/redemptions')
  expect(pageOn(190)).not.toContain('Pay … by card')
})

test('a name does not say what is only true for some days, and no password is shown', () => {
  expect([applying.name, spending.name].join('')).not.toMatch(/中/)
  expect(pageOn(0)).not.toContain('canary')
})
