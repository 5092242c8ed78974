import { randomUUID } from 'node:crypto'
import type { Phone, TillSide } from './_stage.ts'

type Answer = Readonly<{ status: number; body: Record<string, unknown> }>

type App = Readonly<{ app: { request: (input: Request) => Response | Promise<Response> } }>

/** Sends JSON as a till would, over the service's own edge. */
export async function send(
  { app }: App,
  {
    method = 'POST',
    path,
    token,
    body,
    headers = {},
  }: Readonly<{
    method?: string
    path: string
    token?: string
    body?: unknown
    headers?: Readonly<Record<string, string>>
  }>,
): Promise<Answer> {
  const response = await app.request(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

export const pay = (
  service: App,
  till: TillSide,
  code: string,
  amountYen: number,
): Promise<Answer> =>
  send(service, { path: '/v1/redemptions', token: till.token, body: { code, amountYen } })

/** Sends JSON as a resident's phone would. */
export const asResident = (
  service: App,
  { sessionToken }: Pick<Phone, 'sessionToken'>,
  asked: Readonly<{ method?: string; path: string; body?: unknown }>,
): Promise<Answer> =>
  send(service, {
    ...asked,
    headers: { cookie: `__Host-resident=${sessionToken}`, origin: 'http://localhost:8080' },
  })

export const voidPayment = (
  service: App,
  till: TillSide,
  redemptionId: unknown,
  body: Readonly<{ amountYen?: number; reason: string }>,
  key: string = randomUUID(),
): Promise<Answer> =>
  send(service, {
    path: `/v1/redemptions/${String(redemptionId)}/voids`,
    token: till.token,
    body,
    headers: { 'idempotency-key': key },
  })
