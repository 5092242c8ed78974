import { queries } from '@minnaken/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type RouteComponent,
  RouterProvider,
} from '@tanstack/react-router'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

/** A screen as it is first drawn at an address: for tests that run without a browser. */
export async function drawnAt(
  address: string,
  { path, component }: Readonly<{ path: string; component: RouteComponent }>,
): Promise<string> {
  const root = createRootRoute()
  const route = createRoute({ getParentRoute: () => root, path, component })
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [address] }),
  })
  await router.load()
  return renderToStaticMarkup(
    createElement(
      QueryClientProvider,
      { client: queries },
      createElement(RouterProvider, { router: router as never }),
    ),
  )
}
