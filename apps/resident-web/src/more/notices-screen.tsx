import { Screen } from '@minnaken/ui'
import { StepCard } from '../wallet/step-card.tsx'
import { useSteps } from '../wallet/use-steps.ts'
import { useWords } from '../words.ts'

/** All reminders: what has a last day, and what is waited for. */
export function NoticesScreen() {
  const { w } = useWords()
  const steps = useSteps()
  return (
    <Screen title={w('more.notices')}>
      {steps.length === 0 && <p>{w('notices.none')}</p>}
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
