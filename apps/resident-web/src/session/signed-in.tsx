import { Waiting } from '@minnaken/ui'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { askWhoIsHere, useSession } from './session.ts'

const Welcome = lazy(async () => ({
  default: (await import('./welcome-screen.tsx')).WelcomeScreen,
}))

const Failed = lazy(async () => ({ default: (await import('../asked.tsx')).Failed }))

/** What only somebody who is signed in sees; everybody else sees the door, at the same address. */
export function SignedIn() {
  const session = useSession()
  switch (session.kind) {
    case 'signed_in':
      // Another person's screens begin anew: what is open holds on to what it was told.
      return <Outlet key={session.accountId} />
    case 'signed_out':
      return (
        <Suspense fallback={<Waiting />}>
          <Welcome />
        </Suspense>
      )
    case 'failed':
      return (
        <Suspense fallback={<Waiting />}>
          <Failed failure={session.failure} onRetry={() => void askWhoIsHere()} />
        </Suspense>
      )
    default:
      return session satisfies never
  }
}
