import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { Frame } from './frame.tsx'
import { ReceiveScreen } from './receive/receive-screen.tsx'

const root = createRootRoute({ component: Frame })

const receive = createRoute({ getParentRoute: () => root, path: '/', component: ReceiveScreen })

export const router = createRouter({
  routeTree: root.addChildren([receive]),
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
