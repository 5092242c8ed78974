import { Broken, Waiting } from '@minnaken/ui'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { Frame } from './frame.tsx'
import { NotFound } from './not-found.tsx'
import { SignedIn } from './session/signed-in.tsx'

const root = createRootRoute({ component: Frame, errorComponent: Broken })

/** Screens of a person; whoever is not signed in sees the door there. */
const own = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn })

const ownScreen = <Path extends string>(
  path: Path,
  component: ReturnType<typeof lazyRouteComponent>,
) => createRoute({ getParentRoute: () => own, path, component })

const publicScreen = <Path extends string>(
  path: Path,
  component: ReturnType<typeof lazyRouteComponent>,
) => createRoute({ getParentRoute: () => root, path, component })

const walletScreen = lazyRouteComponent(() => import('./wallet/wallet-screen.tsx'), 'WalletScreen')
/** With it comes what tells of a payment in doubt, which has to be there when the network is not. */
const payScreen = lazyRouteComponent(async () => {
  const doubt = import('./pay/open-payment.tsx')
  const { PayScreen } = await import('./pay/pay-screen.tsx')
  await doubt
  return { PayScreen }
}, 'PayScreen')

const routeTree = root.addChildren([
  own.addChildren([
    ownScreen('/', walletScreen),
    ownScreen('/pay', payScreen),
    /** Where a shop's printed code leads, whoever's camera read it. */
    ownScreen('/s/$code', payScreen),
    ownScreen(
      '/apply',
      lazyRouteComponent(() => import('./apply/campaigns-screen.tsx'), 'CampaignsScreen'),
    ),
    ownScreen(
      '/apply/$code',
      lazyRouteComponent(() => import('./apply/campaign-screen.tsx'), 'CampaignScreen'),
    ),
    ownScreen(
      '/apply/$code/proof',
      lazyRouteComponent(() => import('./proof/proof-screen.tsx'), 'ProofScreen'),
    ),
    ownScreen(
      '/apply/$code/claim',
      lazyRouteComponent(() => import('./apply/claim-screen.tsx'), 'ClaimScreen'),
    ),
    ownScreen(
      '/orders/$orderId',
      lazyRouteComponent(() => import('./buy/order-screen.tsx'), 'OrderScreen'),
    ),
    ownScreen(
      '/history',
      lazyRouteComponent(() => import('./history/history-screen.tsx'), 'HistoryScreen'),
    ),
    ownScreen(
      '/history/$id',
      lazyRouteComponent(() => import('./history/receipt-screen.tsx'), 'ReceiptScreen'),
    ),
    ownScreen(
      '/more/notices',
      lazyRouteComponent(() => import('./more/notices-screen.tsx'), 'NoticesScreen'),
    ),
    ownScreen(
      '/more/device',
      lazyRouteComponent(() => import('./more/device-screen.tsx'), 'DeviceScreen'),
    ),
    ownScreen(
      '/more/lost',
      lazyRouteComponent(() => import('./more/lost-screen.tsx'), 'LostScreen'),
    ),
  ]),
  publicScreen(
    '/shops',
    lazyRouteComponent(() => import('./shops/shops-screen.tsx'), 'ShopsScreen'),
  ),
  publicScreen(
    '/shops/$shopNo',
    lazyRouteComponent(() => import('./shops/shop-screen.tsx'), 'ShopScreen'),
  ),
  publicScreen(
    '/more',
    lazyRouteComponent(() => import('./more/more-screen.tsx'), 'MoreScreen'),
  ),
  publicScreen(
    '/more/language',
    lazyRouteComponent(() => import('./more/language-screen.tsx'), 'LanguageScreen'),
  ),
  publicScreen(
    '/more/text',
    lazyRouteComponent(() => import('./more/text-screen.tsx'), 'TextScreen'),
  ),
  publicScreen(
    '/more/help',
    lazyRouteComponent(() => import('./more/help-screen.tsx'), 'HelpScreen'),
  ),
  publicScreen(
    '/more/safety',
    lazyRouteComponent(() => import('./more/safety-screen.tsx'), 'SafetyScreen'),
  ),
])

export const router = createRouter({
  routeTree,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
  defaultOnCatch: reportError,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
