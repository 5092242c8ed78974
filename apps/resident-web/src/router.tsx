import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { Frame } from './frame.tsx'
import { WalletScreen } from './wallet/wallet-screen.tsx'

const root = createRootRoute({ component: Frame })

const wallet = createRoute({ getParentRoute: () => root, path: '/', component: WalletScreen })

export const router = createRouter({
  routeTree: root.addChildren([wallet]),
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
