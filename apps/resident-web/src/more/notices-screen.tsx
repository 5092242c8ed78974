import { Screen } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { campaignsAnswer, ordersAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { StepCard } from '../wallet/step-card.tsx'
import { useSteps } from '../wallet/use-steps.ts'
import { useWords } from '../words.ts'

/** All reminders: what has a last day, and what is waited for. */
export function NoticesScreen() {
  const { w } = useWords()
  const steps = useSteps()
  return (
    <Screen title={w('more.notices')}>
      {steps.length === 0 && <None />}
      <ul className="flex flex-col gap-3">
        {steps.map((step, at) => (
          <li key={`${step.kind} ${at}`}>
            <StepCard step={step} />
          </li>
        ))}
      </ul>
    </Screen>
  )
}

/** That there is nothing to do is said once it is known. */
function None() {
  const { w } = useWords()
  const campaigns = useQuery(campaignsAnswer)
  const orders = useQuery(ordersAnswer)
  return (
    <Asked query={campaigns}>
      {() => <Asked query={orders}>{() => <p>{w('notices.none')}</p>}</Asked>}
    </Asked>
  )
}
