import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Amount } from '@minnaken/ui'
import { ordersAnswer } from '../answers.ts'
import { useWords } from '../words.ts'

/** What was bought in a campaign, or waits for its money. */
export function OrdersOf({ campaign }: Readonly<{ campaign: string }>) {
  const { w } = useWords()

  const orders = useQuery(ordersAnswer).data ?? []
  const here = orders.filter((order) => order.campaign === campaign && order.state !== 'declined')
  if (here.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-lg font-bold">{w('order.list')}</h2>
      <ul className="flex flex-col">
        {here.map((order) => (
          <li key={order.orderId} className="border-b border-solid-gray-300">
            <Link
              to="/orders/$orderId"
              params={{ orderId: order.orderId }}
              className="flex min-h-14 flex-wrap items-center justify-between gap-2 py-2"
            >
              <span>
                {w('units.count', { count: order.units })} · <Amount yen={order.priceYen} />
              </span>
              <strong>{w(`order.state.${order.state}`)}</strong>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
