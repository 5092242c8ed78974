import { buttonLook, japanese, useFormat } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { lastMomentOf } from '../days.ts'
import { useWords } from '../words.ts'
import type { NextStep } from './next-step.ts'

/** One thing to do next: a sentence, its last day, and the button that leads there. */
export function StepCard({ step, kind }: Readonly<{ step: NextStep; kind?: 'secondary' }>) {
  const { text, action } = useStep(step)
  return (
    <div
      data-next-step={step.kind}
      className="flex flex-col gap-3 rounded-12 border-2 border-accent-700 bg-accent-50 p-4"
    >
      <p className="font-bold">{text}</p>
      {action === undefined ? null : action(buttonLook(kind ?? 'secondary'))}
    </div>
  )
}

type Step = Readonly<{ text: ReactNode; action?: (look: string) => ReactNode }>

function useStep(step: NextStep): Step {
  const { w } = useWords()
  const f = useFormat()
  switch (step.kind) {
    case 'resolve_payment':
      return {
        text: w('next.resolve_payment'),
        action: (look) => linkTo(look, '/pay', w('next.see')),
      }
    case 'wallet_stopped':
      return {
        text: w('next.wallet_stopped'),
        action: (look) => linkTo(look, '/more/help', w('next.ask_office')),
      }
    case 'register_device':
      return {
        text: w('next.register_device'),
        action: (look) => linkTo(look, '/more/device', w('next.register_device_button')),
      }
    case 'pay_slip':
      return {
        text: w('next.pay_slip', { yen: f.yen(step.yen), day: f.day(step.due - 1) }),
        action: (look) => toOrder(look, step.orderId, w('next.see_slip')),
      }
    case 'card_waits':
      return {
        text: w('next.card_waits'),
        action: (look) => toOrder(look, step.orderId, w('next.see')),
      }
    case 'expiring':
      return {
        text:
          step.days === 0
            ? w('next.expires_today', { yen: f.yen(step.yen) })
            : w('next.expiring', {
                yen: f.yen(step.yen),
                day: f.day(step.lastDay),
                count: step.days,
              }),
        action: (look) => linkTo(look, '/shops', w('next.find_shops')),
      }
    case 'apply':
    case 'pay_later':
    case 'pay_win':
    case 'second_sale':
    case 'wait_for_result':
      return ofCampaign(step, { w, f })
    default:
      return step satisfies never
  }
}

type InCampaign = Extract<NextStep, { campaign: string }>

function ofCampaign(
  step: InCampaign,
  { w, f }: Readonly<{ w: ReturnType<typeof useWords>['w']; f: ReturnType<typeof useFormat> }>,
): Step {
  const to = (words: ReactNode) => (look: string) => (
    <Link to="/apply/$code" params={{ code: step.campaign }} className={look}>
      {words}
    </Link>
  )
  switch (step.kind) {
    case 'apply':
      return {
        text: w('next.apply', { name: japanese(step.name), day: f.day(step.due - 1) }),
        action: to(w('next.apply_button')),
      }
    case 'pay_win':
      return {
        text: w('next.pay_win', { count: step.units, day: f.day(step.due - 1) }),
        action: to(w('next.pay_win_button')),
      }
    case 'second_sale':
      return {
        text: w('next.second_sale', { name: japanese(step.name), day: f.day(step.due - 1) }),
        action: to(w('next.second_sale_button')),
      }
    case 'pay_later':
      return {
        text: w('next.pay_later', { count: step.units, day: f.day(step.from) }),
        action: to(w('next.see')),
      }
    case 'wait_for_result':
      return {
        text: w('next.wait_for_result', { day: f.day(step.at) }),
        action: to(w('next.see_application')),
      }
    default:
      return step satisfies never
  }
}

const linkTo = (
  look: string,
  to: '/pay' | '/shops' | '/more/help' | '/more/device',
  words: ReactNode,
) => (
  <Link to={to} className={look}>
    {words}
  </Link>
)

const toOrder = (look: string, orderId: string, words: ReactNode) => (
  <Link to="/orders/$orderId" params={{ orderId }} className={look}>
    {words}
  </Link>
)

/** A deadline in words: the last day, and midnight is the day before. */
export const useDeadline = (): ((until: string) => string) => {
  const f = useFormat()
  return (until) => f.day(lastMomentOf(until))
}
