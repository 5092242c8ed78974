import { Screen, buttonLook } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useWords } from './words.ts'

export function NotFound() {
  const { w } = useWords()
  return (
    <Screen title={w('not_found.title')}>
      <Link to="/" className={buttonLook('primary', true)}>
        {w('not_found.back')}
      </Link>
    </Screen>
  )
}
