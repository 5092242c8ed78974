import { buttonLook, Screen } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useWords } from './words.ts'

/** An address that is none of ours. */
export function NotFound() {
  const { w } = useWords()
  return (
    <Screen title={w('ui.problem.not_found')}>
      <Link to="/" className={buttonLook('secondary')}>
        {w('result.home')}
      </Link>
    </Screen>
  )
}
