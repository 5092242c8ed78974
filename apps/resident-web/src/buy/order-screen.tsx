import {
  Amount,
  buttonLook,
  Notice,
  queries,
  RubyText,
  Screen,
  useFormat,
  Waiting,
} from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { campaignsAnswer, type Order, orderAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { orderLines } from '../print/lines.ts'
import { Moment, Paper, PrintButton } from '../print/paper.tsx'
import { useWords } from '../words.ts'
import { Slip } from './slip.tsx'

/** One order: a receipt when it is paid, the slip while it waits, and by itself one becomes the other. */
export function OrderScreen() {
  const { w } = useWords()
  const { orderId = '' } = useParams({ strict: false })
  const order = useQuery(orderAnswer(orderId))
  return (
    <Screen title={w('order.title')}>
      <Asked query={order}>{(value) => <OrderView order={value} />}</Asked>
    </Screen>
  )
}

function OrderView({ order }: Readonly<{ order: Order }>) {
  const { w } = useWords()
  const { state } = order
  const wanted = queries.getQueryData<number>(['wanted', order.orderId])
  useEffect(() => {
    if (state === 'reserved') return
    for (const name of ['orders', 'wallet', 'result'])
      void queries.invalidateQueries({ queryKey: [name] })
  }, [state])
  return (
    <div data-order={state} className="flex flex-col gap-4">
      <StateNotice order={order} />
      {wanted !== undefined && (
        <Notice kind="warning" title={w('order.part', { wanted, count: order.units })} />
      )}
      <Facts order={order} />
      {state === 'reserved' && order.method === 'slip' && <Slip order={order} />}
      {state === 'paid' && <PaperOf order={order} />}
      <div className="mt-4 flex flex-col gap-3">
        {state === 'paid' && <PrintButton />}
        {state === 'paid' && (
          <Link to="/" className={buttonLook('primary', true)}>
            {w('result.home')}
          </Link>
        )}
        <Link
          to="/apply/$code"
          params={{ code: order.campaign }}
          className={buttonLook(state === 'paid' ? 'quiet' : 'secondary')}
        >
          {w('order.campaign')}
        </Link>
      </div>
    </div>
  )
}

/** The receipt of a purchase. */
function PaperOf({ order }: Readonly<{ order: Order }>) {
  const { w } = useWords()
  const campaign = useQuery(campaignsAnswer).data?.find(({ code }) => code === order.campaign)
  if (campaign === undefined) return null
  const { orderId, units, paidAt, method } = order
  return (
    <Paper
      title={w('print.receipt')}
      yen={order.priceYen}
      facts={[
        { id: 'what', name: w('print.what'), value: <span lang="ja">{campaign.name}</span> },
        { id: 'units', name: w('receipt.units'), value: w('units.count', { count: units }) },
        {
          id: 'at',
          name: w('order.paid_at'),
          value: <Moment at={paidAt ?? order.placedAt} />,
        },
        { id: 'method', name: w('method.title'), value: w(`method.${method}`) },
        { id: 'number', name: w('print.order_no'), value: orderId },
      ]}
      linesTitle={w('print.vouchers')}
      lines={orderLines(order, campaign)}
      by={<span lang="ja">{campaign.issuer}</span>}
    />
  )
}

function StateNotice({ order }: Readonly<{ order: Order }>) {
  const { w } = useWords()
  switch (order.state) {
    case 'reserved':
      return order.method === 'slip' ? null : (
        <Notice kind="waiting" title={w('order.card_waits')}>
          <Waiting words={w('order.card_waits_text')} />
        </Notice>
      )
    case 'paid':
      return (
        <Notice kind="success" title={w('order.paid')}>
          {w('order.paid_text')}
        </Notice>
      )
    case 'declined':
      return <Notice kind="warning" title={w('order.declined')} />
    case 'lapsed':
      return (
        <Notice kind="warning" title={w('order.lapsed')}>
          {w('not_taken.no_money')}
        </Notice>
      )
    case 'refund_due':
      return <Notice kind="warning" title={w('order.refund_due')} />
    case 'refunded':
      return <Notice kind="info" title={w('order.refunded')} />
    default:
      return order.state satisfies never
  }
}

function Facts({ order }: Readonly<{ order: Order }>) {
  const { w } = useWords()
  const f = useFormat()
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <dt>{w('receipt.units')}</dt>
      <dd className="font-bold">{w('units.count', { count: order.units })}</dd>
      <dt>{w('order.price')}</dt>
      <dd className="font-bold">
        <Amount yen={order.priceYen} />
      </dd>
      <dt>{w('method.title')}</dt>
      <dd>{w(`method.${order.method}`)}</dd>
      {order.paidAt !== null && (
        <>
          <dt>{w('order.paid_at')}</dt>
          <dd>
            <RubyText text={f.dayAndTime(order.paidAt)} />
          </dd>
        </>
      )}
    </dl>
  )
}
