import { type Reply, ask, serverNow, useLive } from '@minnaken/ui'
import type { dayReply } from '@minnaken/redemption/contract'
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { LookedAt } from '../till/looked-at.ts'

export type Day = Reply<typeof dayReply>
export type DayPayment = Day['payments'][number]

const DAY_MS = 86_400_000

/** A business date in Tokyo, such as 2027-02-14. */
export const tokyoDate = (at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at)

export const today = (): string => tokyoDate(serverNow())

/** A till that stands on a counter shows the new day soon after midnight. */
const LOOK_MS = 10_000

/** Looks again every few seconds, and when somebody comes back to the page, until it is ended. */
export function lookAgain(
  look: () => void,
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
): () => void {
  const timer = setInterval(look, LOOK_MS)
  page.addEventListener('visibilitychange', look)
  return () => {
    clearInterval(timer)
    page.removeEventListener('visibilitychange', look)
  }
}

const lookForMidnight = (look: () => void) => lookAgain(look, document)

/** Today in Tokyo; a screen that is left open follows it over midnight. */
export const useToday = (): string => useSyncExternalStore(lookForMidnight, today)

/** What a choice of a day means: null, today and no day at all, is the day that it is at the time. */
export const chosenDay = (date: string, now: string): string | null =>
  date === '' || date === now ? null : date

export const dayBefore = (date: string, days = 1): string =>
  tokyoDate(Date.parse(`${date}T12:00:00+09:00`) - days * DAY_MS)

/** What a shop took on a day. Today's list follows every till of the shop by itself. */
export function useDay({ shopId, token }: LookedAt, date: string) {
  const query = useQuery({
    queryKey: ['day', shopId, date],
    queryFn: () =>
      ask<Day>({
        path: `/v1/shops/${shopId}/day?date=${date}`,
        ...(token === undefined ? {} : { token }),
      }),
  })
  const again = () => void query.refetch({ cancelRefetch: false })
  const live = useLive({
    path: date === today() ? `/v1/shops/${shopId}/live` : null,
    token,
    onEvent: again,
    poll: again,
  })
  return { ...query, live }
}
