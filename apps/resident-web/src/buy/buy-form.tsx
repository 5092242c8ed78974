import { Button, Notice, useFormat } from '@minnaken/ui'
import { useState } from 'react'
import type { Campaign } from '../answers.ts'
import { SaleFailure } from '../line/sale-failure.tsx'
import { UnitsField } from '../apply/units-field.tsx'
import { useDeadline } from '../wallet/step-card.tsx'
import { useWords } from '../words.ts'
import { MethodField, type Method } from './method-field.tsx'
import { useBuying } from './use-buying.ts'
import type { Wish } from './wish.ts'

type Props = Readonly<{
  campaign: Campaign
  sale: 'win' | 'second_sale'
  unitsMax: number
  until: string
}>

/** Buying what was won, or what is left: how many, and how to pay. */
export function BuyForm({ campaign, sale, unitsMax, until }: Props) {
  const { w } = useWords()
  const f = useFormat()
  const deadline = useDeadline()
  const [units, setUnits] = useState(unitsMax)
  const [method, setMethod] = useState<Method>('card')
  const [card, setCard] = useState('tok_ok')
  const { isBusy, open, failure, buy } = useBuying({ campaign: campaign.code, sale })
  const typed: Wish = {
    campaign: campaign.code,
    sale,
    units: Math.min(units, unitsMax),
    method,
    card: method === 'card' ? card : null,
  }
  const wish = open ?? typed
  const price = f.yen(wish.units * campaign.unit.priceYen)
  return (
    <form
      noValidate
      className="flex flex-col gap-4 rounded-16 border-2 border-accent-700 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        buy(wish)
      }}
    >
      <h2 className="text-xl font-bold">
        {sale === 'win' ? w('buy.title') : w('buy.second_sale')}
      </h2>
      <p>{w('buy.until', { day: deadline(until) })}</p>
      <fieldset disabled={open !== null} className="flex flex-col gap-4">
        <UnitsField
          units={wish.units}
          max={Math.max(unitsMax, wish.units)}
          unit={campaign.unit}
          onChange={setUnits}
        />
        <MethodField
          method={wish.method}
          card={wish.card ?? card}
          onMethod={setMethod}
          onCard={setCard}
        />
      </fieldset>
      {open !== null && (
        <Notice kind="waiting" title={w('buy.unknown')}>
          {w('buy.unknown_text')}
        </Notice>
      )}
      {failure !== null && <SaleFailure failure={failure} onRetry={() => buy(wish)} />}
      <Button isWide type="submit" isBusy={isBusy || open !== null}>
        {wish.method === 'card'
          ? w('buy.by_card', { yen: price })
          : w('buy.by_slip', { yen: price })}
      </Button>
    </form>
  )
}
