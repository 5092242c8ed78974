import { type ServiceName, type ServiceUrls, serviceNames } from '../platform/services.ts'

/** Finds the service that has a path, whatever the method. Null when none has it. */
export type ServicePaths = (path: string) => ServiceName | null

/** The paths of all services, as each says in its own OpenAPI document. */
export async function readServicePaths(urls: ServiceUrls): Promise<ServicePaths> {
  const documents = await Promise.all(
    serviceNames.map(async (name) => {
      const response = await fetch(`${urls[name]}/openapi.json`)
      const { paths } = (await response.json()) as { paths: Readonly<Record<string, unknown>> }
      return [name, Object.keys(paths)] as const
    }),
  )
  return servicePaths(Object.fromEntries(documents))
}

/**
 * No two services have the same path. Where one has a name (`/v1/shops/:shopId`) and another a
 * word (`/v1/shops/near`) in the same place, the word comes first.
 */
function servicePaths(templates: Readonly<Record<string, readonly string[]>>): ServicePaths {
  const known = serviceNames
    .flatMap((name) =>
      (templates[name] ?? []).map((template) => ({ name, parts: template.split('/') })),
    )
    .toSorted((a, b) => namesIn(a.parts) - namesIn(b.parts))
  return (path) => {
    const parts = path.split('/')
    return known.find((it) => isAt(it.parts, parts))?.name ?? null
  }
}

const isName = (part: string): boolean => part.startsWith('{')

const namesIn = (parts: readonly string[]): number => parts.filter(isName).length

const isAt = (template: readonly string[], path: readonly string[]): boolean =>
  template.length === path.length &&
  template.every((part, at) => (isName(part) ? path[at] !== '' : part === path[at]))
