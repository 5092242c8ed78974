import { startApp } from '@minnaken/ui'
import { RouterProvider } from '@tanstack/react-router'
import { router } from './router.tsx'

/** Shows the app: the screen of this address, and its way to all others. */
export function openApp(): void {
  void startApp(<RouterProvider router={router} />, router.load())
}
