import type { changeBody } from '@minnaken/purchase/contract'
import { type Body, Button, call, Dialog, type Failure, Notice, queries } from '@minnaken/ui'
import { useState } from 'react'
import { applicationAnswer, type Campaign, type Receipt } from '../answers.ts'
import { useDeadline } from '../wallet/step-card.tsx'
import { useWords } from '../words.ts'
import { SaleFailure } from '../line/sale-failure.tsx'
import { UnitsField } from './units-field.tsx'

type Wish = Readonly<{ method: 'PUT'; units: number }> | Readonly<{ method: 'DELETE' }>

/** Changing one's mind, until the last day: another number of units, or none. */
export function ChangeForm({
  campaign,
  receipt,
}: Readonly<{ campaign: Campaign; receipt: Receipt }>) {
  const { w } = useWords()
  const deadline = useDeadline()
  const [units, setUnits] = useState(receipt.units)
  const [isAsking, setIsAsking] = useState(false)
  const { isBusy, failure, isSaved, change } = useChange(campaign)
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-lg font-bold">{w('change.title')}</h2>
      <p>{w('apply.change_until', { day: deadline(campaign.windows.apply.until) })}</p>
      <UnitsField
        units={units}
        max={campaign.caps.perPersonUnits}
        unit={campaign.unit}
        onChange={setUnits}
      />
      {failure !== null && (
        <SaleFailure failure={failure.failure} onRetry={() => void change(failure.wish)} />
      )}
      {isSaved && units === receipt.units && <Notice kind="success" title={w('change.saved')} />}
      <Button
        isWide
        isBusy={isBusy}
        disabled={units === receipt.units}
        onClick={() => void change({ method: 'PUT', units })}
      >
        {w('change.save', { count: units })}
      </Button>
      <Button kind="danger" onClick={() => setIsAsking(true)}>
        {w('change.withdraw')}
      </Button>
      <Dialog
        title={w('change.withdraw_sure')}
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        actions={
          <Button
            kind="danger"
            onClick={() => {
              setIsAsking(false)
              void change({ method: 'DELETE' })
            }}
          >
            {w('change.withdraw')}
          </Button>
        }
      >
        {w('change.withdraw_text')}
      </Dialog>
    </section>
  )
}

function useChange({ code }: Campaign) {
  const [isBusy, setIsBusy] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  const [failure, setFailure] = useState<Readonly<{ failure: Failure; wish: Wish }> | null>(null)
  const change = async (wish: Wish) => {
    setIsBusy(true)
    setIsSaved(false)
    setFailure(null)
    const body: Body<typeof changeBody> | undefined =
      wish.method === 'PUT' ? { units: wish.units } : undefined
    const answer = await call<Receipt>({
      method: wish.method,
      path: `/v1/campaigns/${code}/applications/mine`,
      isRepeatable: true,
      ...(body === undefined ? {} : { body }),
    })
    setIsBusy(false)
    if (answer.kind !== 'answered') return setFailure({ failure: answer, wish })
    setIsSaved(true)
    queries.setQueryData(applicationAnswer(code).queryKey, answer.value)
    // What this phone keeps for the next visit is what was asked for last.
    await queries.invalidateQueries({ queryKey: ['application', code] })
    return undefined
  }
  return { isBusy, isSaved, failure, change }
}
