import { Button, call, type Failure, queries, useFormat } from '@minnaken/ui'
import { useState } from 'react'
import type { Order } from '../answers.ts'
import { Failed } from '../asked.tsx'
import { grouped } from '../pay/code-time.ts'
import { useDeadline } from '../wallet/step-card.tsx'
import { useWords } from '../words.ts'

/** What one takes to the convenience store: number, amount, last day, and how it goes. */
export function Slip({ order }: Readonly<{ order: Order }>) {
  const { w } = useWords()
  const f = useFormat()
  const deadline = useDeadline()
  const { slipNo } = order
  return (
    <section className="flex flex-col gap-4">
      <div className="rounded-16 border-4 border-accent-700 p-4 text-center">
        <h2 className="font-bold">{w('slip.number')}</h2>
        <p
          data-slip-no={slipNo ?? ''}
          className="text-3xl font-bold tracking-wider whitespace-pre-wrap"
        >
          {slipNo === null ? '…' : grouped(slipNo, 5)}
        </p>
        <p className="mt-2 text-xl font-bold">
          {w('slip.due', { day: deadline(order.payBy), yen: f.yen(order.priceYen) })}
        </p>
      </div>
      <ol className="flex list-decimal flex-col gap-2 pl-6">
        <li>{w('slip.step_machine')}</li>
        <li>{w('slip.step_number')}</li>
        <li>{w('slip.step_till')}</li>
      </ol>
      <p>{w('slip.afterwards')}</p>
      {slipNo !== null && <SandboxStore order={order} slipNo={slipNo} />}
    </section>
  )
}

/** The sandbox has no stores: this pays as one would. */
function SandboxStore({ order, slipNo }: Readonly<{ order: Order; slipNo: string }>) {
  const { w } = useWords()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const pay = async () => {
    setIsBusy(true)
    setFailure(null)
    const answer = await call({
      method: 'POST',
      path: `/v1/sandbox/slips/${slipNo}/payments`,
      body: {},
      isRepeatable: true,
    })
    setIsBusy(false)
    if (answer.kind !== 'answered') return setFailure(answer)
    await queries.invalidateQueries({ queryKey: ['order', order.orderId] })
    return undefined
  }
  return (
    <div className="flex flex-col gap-2 rounded-12 border-2 border-dashed border-solid-gray-600 p-3">
      <p className="text-sm">{w('slip.sandbox')}</p>
      {failure !== null && <Failed failure={failure} />}
      <Button kind="secondary" isBusy={isBusy} onClick={() => void pay()}>
        {w('slip.sandbox_pay')}
      </Button>
    </div>
  )
}
