import { buttonLook, Screen, serverNow, useFormat, Waiting } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import {
  applicationAnswer,
  type Campaign,
  campaignsAnswer,
  type DrawResult,
  type Receipt,
  ordersAnswer,
  resultAnswer,
} from '../answers.ts'
import { Asked } from '../asked.tsx'
import { BuyForm } from '../buy/buy-form.tsx'
import { OrdersOf } from '../buy/orders-of.tsx'
import { secondSaleLeft } from '../buy/units-left.ts'
import { unitsToPay } from '../wallet/next-step.ts'
import { useDeadline } from '../wallet/step-card.tsx'
import { useWords } from '../words.ts'
import { ApplyForm } from './apply-form.tsx'
import { ChangeForm } from './change-form.tsx'
import { Offer } from './offer.tsx'
import { type Part, partsOf } from './parts.ts'
import { ReceiptView } from './receipt-view.tsx'
import { ResultView } from './result-view.tsx'

/** Everything of one campaign on one page: what it offers, and what one can do in it now. */
export function CampaignScreen() {
  const { w } = useWords()
  const { code } = useParams({ strict: false })
  const campaigns = useQuery(campaignsAnswer)
  if (campaigns.data === undefined)
    return (
      <Screen title={w('tab.apply')}>
        <Asked query={campaigns}>{() => null}</Asked>
      </Screen>
    )
  return (
    <Asked query={campaigns}>
      {(list) => {
        const campaign = list.find((each) => each.code === code)
        // A new one is not in the list that was kept.
        if (campaign === undefined && campaigns.isFetching) return <Waiting />
        return campaign === undefined ? (
          <Screen title={w('ui.problem.not_found')}>
            <Link to="/apply" className={buttonLook('secondary', true)}>
              {w('tab.apply')}
            </Link>
          </Screen>
        ) : (
          <Screen title={<span lang="ja">{campaign.name}</span>}>
            <Own campaign={campaign} />
          </Screen>
        )
      }}
    </Asked>
  )
}

function Own({ campaign }: Readonly<{ campaign: Campaign }>) {
  const application = useQuery(applicationAnswer(campaign.code))
  const result = useQuery(resultAnswer(campaign.code))
  return (
    <Asked query={application}>
      {(applied) => (
        <Asked query={result}>
          {(drawn) => <Parts campaign={campaign} application={applied} result={drawn} />}
        </Asked>
      )}
    </Asked>
  )
}

type Shown = Readonly<{
  campaign: Campaign
  application: Receipt | null
  result: DrawResult | null
}>

function Parts(shown: Shown) {
  const { campaign } = shown
  const parts = partsOf({ ...shown, now: serverNow() })
  return (
    <>
      <Offer campaign={campaign} />
      <OrdersOf campaign={campaign.code} />
      {parts.map((part) => (
        <PartView key={part} part={part} shown={shown} />
      ))}
    </>
  )
}

function PartView({ part, shown }: Readonly<{ part: Part; shown: Shown }>): ReactNode {
  const { w } = useWords()
  const f = useFormat()
  const deadline = useDeadline()
  const { campaign, application, result } = shown
  const { windows } = campaign
  switch (part) {
    case 'form':
      return (
        <>
          <ApplyForm campaign={campaign} />
          <ByPostcard campaign={campaign.code} />
        </>
      )
    case 'receipt':
      return application === null ? null : <ReceiptView receipt={application} />
    case 'change':
      return application === null ? null : <ChangeForm campaign={campaign} receipt={application} />
    case 'result':
      return result === null ? null : <ResultView result={result} />
    case 'buy_win':
      return result === null || unitsToPay(result) <= 0 ? null : (
        <BuyForm
          campaign={campaign}
          sale="win"
          unitsMax={unitsToPay(result)}
          until={windows.pay.until}
        />
      )
    case 'second_sale':
      return <SecondSale campaign={campaign} />
    case 'opens_later':
      return <p>{w('apply.opens', { at: f.dayAndTime(windows.apply.from) })}</p>
    case 'wait':
      return <p>{w('next.wait_for_result', { day: f.day(windows.resultsAt) })}</p>
    case 'win_opens_later':
      return <p>{w('apply.pay_opens', { at: f.dayAndTime(windows.pay.from) })}</p>
    case 'second_sale_later':
      return windows.secondSale === null ? null : (
        <p>{w('apply.second_sale_opens', { at: f.dayAndTime(windows.secondSale.from) })}</p>
      )
    case 'not_applied':
      return (
        <>
          <p>{w('apply.not_applied')}</p>
          <ByPostcard campaign={campaign.code} />
        </>
      )
    case 'use':
      return <p>{w('apply.usable', { day: deadline(windows.use.until) })}</p>
    case 'over':
      return <p>{w('apply.over')}</p>
    default:
      return part satisfies never
  }
}

function SecondSale({ campaign }: Readonly<{ campaign: Campaign }>) {
  const { w } = useWords()
  const orders = useQuery(ordersAnswer).data ?? []
  const { secondSale } = campaign.windows
  const left = secondSaleLeft(campaign, orders)
  if (secondSale === null) return null
  return left === 0 ? (
    <p>{w('buy.cap_reached')}</p>
  ) : (
    <BuyForm campaign={campaign} sale="second_sale" unitsMax={left} until={secondSale.until} />
  )
}

function ByPostcard({ campaign }: Readonly<{ campaign: string }>) {
  const { w } = useWords()
  return (
    <Link
      to="/apply/$code/claim"
      params={{ code: campaign }}
      className="inline-flex min-h-12 items-center self-start underline"
    >
      {w('claim.title')}
    </Link>
  )
}
