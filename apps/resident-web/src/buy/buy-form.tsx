import { type Answer, Button, Notice, useFormat } from '@minnaken/ui'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Campaign } from '../answers.ts'
import { SaleFailure } from '../line/sale-failure.tsx'
import { UnitsField } from '../apply/units-field.tsx'
import { useDeadline } from '../wallet/step-card.tsx'
import { useWords } from '../words.ts'
import { MethodField, type Method } from './method-field.tsx'
import { type Placed, placeOrder } from './place-order.ts'
import type { Wish } from './wish.ts'

type Props = Readonly<{
  campaign: Campaign
  sale: 'win' | 'second_sale'
  unitsMax: number
  until: string
}>

const AGAIN_MS = 4_000

/** Buying what was won, or what is left: how many, and how to pay. */
export function BuyForm({ campaign, sale, unitsMax, until }: Props) {
  const { w } = useWords()
  const f = useFormat()
  const deadline = useDeadline()
  const [units, setUnits] = useState(unitsMax)
  const [method, setMethod] = useState<Method>('card')
  const [card, setCard] = useState('tok_ok')
  const { isBusy, isUnknown, failure, buy } = useBuying()
  const count = Math.min(units, unitsMax)
  const wish: Wish = {
    campaign: campaign.code,
    sale,
    units: count,
    method,
    card: method === 'card' ? card : null,
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4 rounded-16 border-2 border-accent-700 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        void buy(wish)
      }}
    >
      <h2 className="text-xl font-bold">
        {sale === 'win' ? w('buy.title') : w('buy.second_sale')}
      </h2>
      <p>{w('buy.until', { day: deadline(until) })}</p>
      <UnitsField units={count} max={unitsMax} unit={campaign.unit} onChange={setUnits} />
      <MethodField method={method} card={card} onMethod={setMethod} onCard={setCard} />
      {isUnknown && (
        <Notice kind="waiting" title={w('buy.unknown')}>
          {w('buy.unknown_text')}
        </Notice>
      )}
      {failure !== null && <SaleFailure failure={failure} onRetry={() => void buy(wish)} />}
      <Button isWide type="submit" isBusy={isBusy || isUnknown}>
        {method === 'card'
          ? w('buy.by_card', { yen: f.yen(count * campaign.unit.priceYen) })
          : w('buy.by_slip', { yen: f.yen(count * campaign.unit.priceYen) })}
      </Button>
    </form>
  )
}

type Failed = Exclude<Answer<Placed>, { kind: 'answered' }>

function useBuying() {
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const [open, setOpen] = useState<Wish | null>(null)
  const [failure, setFailure] = useState<Failed | null>(null)
  const take = async (wish: Wish, answer: Answer<Placed>) => {
    setOpen(answer.kind === 'outcome_unknown' ? wish : null)
    if (answer.kind === 'answered')
      await navigate({ to: '/orders/$orderId', params: { orderId: answer.value.orderId } })
    else if (answer.kind !== 'outcome_unknown') setFailure(answer)
  }
  const buy = async (wish: Wish) => {
    setIsBusy(true)
    setFailure(null)
    const answer = await placeOrder(wish)
    setIsBusy(false)
    await take(wish, answer)
  }
  // What is not known is asked again under the same name, until it is.
  useEffect(() => {
    if (open === null) return undefined
    const timer = setInterval(() => {
      void placeOrder(open).then((answer) => {
        if (answer.kind !== 'offline') void take(open, answer)
      })
    }, AGAIN_MS)
    return () => clearInterval(timer)
  })
  return { isBusy, isUnknown: open !== null, failure, buy }
}
