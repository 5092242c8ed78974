import type { Hono } from 'hono'
import { z } from 'zod'
import { operationIdOf } from './openapi.ts'
import type { Problems } from './problems.ts'
import type { Route } from './route.ts'

/** Throws, when a service is built, on a route that could not do what it declares. */
export function assertSound(
  routes: readonly Route[],
  { app, problems, hasGate }: { app: Hono; problems: Problems; hasGate: boolean },
): void {
  const operationIds = new Set<string>()
  for (const route of routes) {
    const operationId = operationIdOf(route)
    if (operationIds.has(operationId)) throw new Error(`${operationId} is declared twice`)
    operationIds.add(operationId)
    const fault =
      faultOf(route, problems) ??
      tagFault(route) ??
      gateFault(route, hasGate) ??
      lineFault(route) ??
      hiddenBy(route, app)
    if (fault !== undefined) throw new Error(`${route.method} ${route.path}: ${fault}`)
  }
}

function faultOf(route: Route, problems: Problems): string | undefined {
  const { method, path, access, params, query, body } = route
  if (!/^(?:\/(?:[a-z0-9._-]+|:[a-zA-Z]+))+$/.test(path))
    return 'a path is made of lower-case words and :names'
  if (access.length === 0) return 'nobody may call it'
  const named = new Set([...path.matchAll(/:([a-zA-Z]+)/g)].map(([, name]) => name))
  const declared = Object.keys(params?.shape ?? {})
  if (named.size !== declared.length || !declared.every((name) => named.has(name)))
    return `params are [${declared.join()}] in its schema`
  if (method === 'get' && (body !== undefined || route.raw)) return 'a GET has no body'
  if (body !== undefined && route.raw) return 'a body is either raw or has a schema'
  if (Object.keys(route.replies).length === 0) return 'it declares no reply'
  for (const [part, schema] of Object.entries({ params, query, body }))
    if (schema !== undefined && !isStrict(z.toJSONSchema(schema, { io: 'input' })))
      return `its ${part} would drop unknown fields: use z.strictObject`
  const unknown = route.problems.find((code) => !Object.hasOwn(problems, code))
  return unknown === undefined ? undefined : `problem ${unknown} is not defined`
}

/** A tagged answer is kept by the browser of whoever asks, and by the next one who uses the phone. */
function tagFault({ method, anonymous, tagged }: Route): string | undefined {
  return !tagged || (method === 'get' && anonymous)
    ? undefined
    : 'only what everyone is told alike is tagged: a GET, and anonymous'
}

function gateFault({ access, anonymous, admission }: Route, hasGate: boolean): string | undefined {
  if (anonymous && access !== 'anyone') return 'nobody is looked up, so it can only be for anyone'
  return admission && !hasGate ? 'it waits in line, and the service has no gate' : undefined
}

/** The line of a request is known by its method and path as they stand. */
const lineFault = ({ path, ownLine }: Route): string | undefined =>
  ownLine !== undefined && path.includes(':')
    ? 'a line of its own is only for a path without :names'
    : undefined

/** Whether every object in a schema refuses fields that it does not name. */
function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict)
  if (typeof schema !== 'object' || schema === null) return true
  const isOpenObject =
    Reflect.get(schema, 'type') === 'object' && !('additionalProperties' in schema)
  return !isOpenObject && Object.values(schema).every(isStrict)
}

/** Routes are tried in the order of their declaration; a later one must not lie wholly behind an earlier. */
function hiddenBy(route: Route, app: Hono): string | undefined {
  const sample = route.path.replaceAll(/:[a-zA-Z]+/g, 'x')
  const [matches] = app.router.match(route.method.toUpperCase(), sample)
  const first = matches[0]?.[0][1]
  return first?.path === route.path &&
    matches.filter(([[, r]]) => r.path === route.path).length === 1
    ? undefined
    : `it is declared twice or hidden by ${first?.path}`
}
