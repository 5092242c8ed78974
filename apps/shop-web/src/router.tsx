import { Broken, Waiting } from '@minnaken/ui'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { Frame } from './frame.tsx'
import { NotFound } from './not-found.tsx'
import { ReceiveScreen } from './receive/receive-screen.tsx'

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: Broken,
})

const getParentRoute = () => root

const routes = [
  createRoute({ getParentRoute, path: '/', component: ReceiveScreen }),
  createRoute({
    getParentRoute,
    path: '/join',
    component: lazyRouteComponent(() => import('./join/join-screen.tsx'), 'JoinScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/today',
    component: lazyRouteComponent(() => import('./today/today-screen.tsx'), 'TodayScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/payouts',
    component: lazyRouteComponent(() => import('./payouts/payouts-screen.tsx'), 'PayoutsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/payouts/account',
    component: lazyRouteComponent(() => import('./payouts/account-screen.tsx'), 'AccountScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/payouts/$statementNo',
    component: lazyRouteComponent(
      () => import('./payouts/statement-screen.tsx'),
      'StatementScreen',
    ),
  }),
  createRoute({
    getParentRoute,
    path: '/shop',
    component: lazyRouteComponent(() => import('./shop/shop-screen.tsx'), 'ShopScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/shop/apply',
    component: lazyRouteComponent(() => import('./shop/apply-screen.tsx'), 'ApplyScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/shop/tills',
    component: lazyRouteComponent(() => import('./shop/tills-screen.tsx'), 'TillsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/shop/code',
    component: lazyRouteComponent(() => import('./shop/code-screen.tsx'), 'CodeScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/shop/hours',
    component: lazyRouteComponent(() => import('./shop/hours-screen.tsx'), 'HoursScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/shop/photo',
    component: lazyRouteComponent(() => import('./shop/photo-screen.tsx'), 'PhotoScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/shop/notices',
    component: lazyRouteComponent(() => import('./shop/notices-screen.tsx'), 'NoticesScreen'),
  }),
] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  scrollRestoration: true,
  defaultPendingComponent: Waiting,
  defaultOnCatch: reportError,
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
