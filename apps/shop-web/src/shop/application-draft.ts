import type { Body } from '@minnaken/ui'
import { readStored, store } from '@minnaken/ui'
import type { shopBody } from '@minnaken/settlement/contract'
import { type AccountTyped, emptyAccount } from '../payouts/account-typed.ts'
import { ownerNow } from '../till/place.ts'

export type Facts = Pick<
  Body<typeof shopBody>,
  'name' | 'address' | 'category' | 'largeRetailFacility'
>

/** A shop's application as it is typed. */
export type Typed = Readonly<{ facts: Facts; account: AccountTyped }>

const empty: Typed = {
  facts: { name: '', address: '', category: 'retail', largeRetailFacility: 'none' },
  account: emptyAccount,
}

const NAME = 'draft.shop'

/** What this owner typed and has not sent; another one begins with an empty form. */
export function readApplication(): Typed {
  try {
    const kept = JSON.parse(readStored(NAME) ?? 'null') as (Typed & { owner: string | null }) | null
    return kept !== null && kept.owner === ownerNow() ? kept : empty
  } catch {
    return empty
  }
}

/** Keeps what is typed, whatever becomes of the connection, the session or the window. */
export const keepApplication = ({ facts, account }: Typed): void =>
  store(NAME, JSON.stringify({ owner: ownerNow(), facts, account }))

export const forgetApplication = (): void => store(NAME, null)
