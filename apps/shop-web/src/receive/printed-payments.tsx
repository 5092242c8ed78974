import { Notice, type Reply, TwoWordsView, call, serverNow, useFormat, useLive } from '@minnaken/ui'
import type { dayReply } from '@minnaken/redemption/contract'
import { useRef, useState } from 'react'
import type { Till } from '../till/till.ts'
import { useWords } from '../words.ts'
import { announce, printedOn, type ShopPayment } from './announced.ts'
import { tellTaken } from './tell-taken.ts'

const SHOWN_MS = 20_000

/** Payments at the shop's printed code have no till of their own, so every till tells of them. */
export function PrintedPayments({ till }: Readonly<{ till: Till }>) {
  const { w } = useWords()
  const format = useFormat()
  return usePrintedPayments(till).map(({ redemptionId, amountYen, words }) => (
    <Notice
      key={redemptionId}
      kind="success"
      title={w('receive.printed', { yen: format.yen(amountYen) })}
    >
      <TwoWordsView words={words} />
    </Notice>
  ))
}

/** What was paid at the printed code in these seconds, each by itself. */
function usePrintedPayments({ token, shop: { shopId } }: Till): readonly ShopPayment[] {
  const [shown, setShown] = useState<readonly ShopPayment[]>([])
  const hear = (payment: ShopPayment) => {
    if (!announce(payment, serverNow())) return
    tellTaken(payment.amountYen)
    setShown((before) => [...before, payment])
    setTimeout(() => setShown((before) => before.filter((it) => it !== payment)), SHOWN_MS)
  }
  const polls = useRef(0)
  useLive({
    path: `/v1/shops/${shopId}/live`,
    token,
    onEvent: ({ kind, data }) => {
      if (kind === 'payment') hear(data as ShopPayment)
    },
    // A stream begins with the last minute itself: the day is asked for where there is none.
    poll: () => {
      if (polls.current++ > 0) void paymentsOf({ shopId, token }).then((all) => all.forEach(hear))
    },
  })
  return shown
}

async function paymentsOf({ shopId, token }: Readonly<{ shopId: string; token: string }>) {
  const path = `/v1/shops/${shopId}/day`
  const answer = await call<Reply<typeof dayReply>>({ path, token, patienceMs: 0 })
  return answer.kind === 'answered' ? printedOn(answer.value) : []
}
