declare const console: { log: (line: string) => void }

import { sleep } from 'k6'
import { SharedArray } from 'k6/data'
import http, { type RefinedResponse, type ResponseType } from 'k6/http'

type Response = RefinedResponse<ResponseType | undefined>

/**
 * What tills and payers will send: a line `till|payer<TAB>secret<TAB>body` for each payment, signed
 * ahead for the second in which it is sent. Read once and shared by all virtual users.
 */
const payments = new SharedArray('payments', () => open(__ENV['PAYMENTS_FILE'] ?? '').split('\n'))
const origin = __ENV['ORIGIN'] ?? ''
const urls = (__ENV['REDEMPTION_URLS'] ?? '').split(',')

/** Waits for the moment for which the first code was signed. */
export function untilStart(): void {
  const waitMs = Number(__ENV['START_AT'] ?? '0') - Date.now()
  if (waitMs > 0) sleep(waitMs / 1_000)
}

/** Payment `place` as a request: of a batch, or by itself. */
export function requestOf(place: number) {
  const [by = '', secret = '', body = ''] = (payments[place] ?? '').split('\t')
  if (body === '') throw new Error(`there is no payment ${place}`)
  return {
    method: 'POST',
    url: `${urls[place % urls.length] ?? ''}${by === 'till' ? '/v1/redemptions' : '/v1/payments'}`,
    body,
    params: {
      headers: {
        'content-type': 'application/json',
        ...(by === 'till'
          ? { authorization: `Bearer ${secret}` }
          : { cookie: `__Host-resident=${secret}`, origin }),
      },
      tags: { path: 'redeem' },
      timeout: '15s',
    },
  }
}

/** Writes into the journal what was told about payment `place`. */
export function note(place: number, { status, body, timings }: Response): void {
  console.log(`${heard(place, status, body)} ${Date.now()} ${timings.duration.toFixed(2)}`)
}

/** Sends payment `place` and writes down what was answered. */
export function pay(place: number): Response {
  const { url, body, params } = requestOf(place)
  const response = http.post(url, body, params)
  note(place, response)
  return response
}

function heard(place: number, status: number, body: unknown): string {
  const told = parsed(body)
  if (status === 201 && told['redemptionId'] !== undefined)
    return `T ${place} ${status} ${told['redemptionId']} ${told['amountYen']}`
  const { code } = told
  if (status >= 400 && status !== 500 && code !== undefined && code !== 'outcome_unknown')
    return `R ${place} ${status} ${code}`
  return `U ${place} ${status}`
}

function parsed(body: unknown): Record<string, string | number | undefined> {
  if (typeof body !== 'string' || body === '') return {}
  try {
    return JSON.parse(body) as Record<string, string | number | undefined>
  } catch {
    return {}
  }
}
