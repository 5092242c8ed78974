import { Screen, Waiting } from '@minnaken/ui'
import { Failed } from '../asked.tsx'
import { nameOf } from '../wallet/shown-steps.ts'
import { StepCard } from '../wallet/step-card.tsx'
import { useSteps } from '../wallet/use-steps.ts'
import { useWords } from '../words.ts'
import { NewPhones } from './new-phones.tsx'

/** All reminders: what has a last day, and what is waited for. */
export function NoticesScreen() {
  const { w } = useWords()
  const { steps, gap } = useSteps()
  return (
    <Screen title={w('more.notices')}>
      {/* That there is nothing to do is said once everything is known. */}
      <NewPhones none={steps?.length === 0 && gap === null && <p>{w('notices.none')}</p>} />
      {steps === null && <Waiting />}
      <ul className="flex flex-col gap-3 empty:hidden">
        {steps?.map((step) => (
          <li key={nameOf(step)}>
            <StepCard step={step} />
          </li>
        ))}
      </ul>
      {steps !== null && gap !== null && <Failed failure={gap.failure} onRetry={gap.retry} />}
    </Screen>
  )
}
