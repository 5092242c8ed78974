import { type Body, type Reply, ask, call } from '@minnaken/ui'
import type { profileBody, profileReply } from '@minnaken/settlement/contract'
import { useQuery } from '@tanstack/react-query'

export const spoken = ['ja', 'en', 'zh-Hans', 'ko'] as const

/** What customers are told of a shop. `day` 0 is Sunday; `until` may be after 24:00. */
export type Profile = Reply<typeof profileReply>

export type OpenOn = Profile['hours'][number]

/** Monday first, as on a shop's door. */
export const days = [1, 2, 3, 4, 5, 6, 0] as const

export const profileKey = (shopId: string) => ['profile', shopId] as const

export const useProfile = (shopId: string) =>
  useQuery({
    queryKey: profileKey(shopId),
    queryFn: () => ask<Profile>({ path: `/v1/shops/${shopId}/profile` }),
    // What somebody is writing is not replaced under their hands.
    staleTime: Infinity,
  })

export const saveProfile = (shopId: string, body: Body<typeof profileBody>) =>
  call<Profile>({ method: 'PUT', path: `/v1/shops/${shopId}/profile`, body, isRepeatable: true })

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const DAY_MINUTES = 24 * 60

/** No later than this is an end written. */
const LATEST = '29:59'

/**
 * The hours as they are kept, out of two clock times. A shop that closes at or before the time it
 * opens closes on the next day: 18:00–02:00 is kept as 18:00–26:00.
 */
export function openOn({ day, from, until }: OpenOn): OpenOn {
  const closes = minutesOf(until) % DAY_MINUTES
  const isNextDay = closes <= minutesOf(from)
  const kept = timeOf(isNextDay ? closes + DAY_MINUTES : closes)
  return { day, from, until: kept > LATEST ? LATEST : kept }
}

/** The clock time of a kept one: 26:00 is 02:00 on the clock. */
export const onTheClock = (time: string): string => timeOf(minutesOf(time) % DAY_MINUTES)

/** The first thing to show where a day gets hours, and behind hours that are there. */
export function moreHours(day: OpenOn['day'], before: readonly OpenOn[]): OpenOn {
  const last = before.at(-1)
  if (last === undefined) return { day, from: '10:00', until: '19:00' }
  return openOn({ day, from: onTheClock(last.until), until: '22:00' })
}
