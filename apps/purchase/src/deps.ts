import { type AuthDeps, openTicketOffice, type Origin } from '@minnaken/auth'
import type { Db } from '@minnaken/db'
import type { Audience, Instant } from '@minnaken/domain'
import type { Limits, Log } from '@minnaken/http'
import { CampaignBook, type OpenCampaign, openWallet } from '@minnaken/ledger'
import { SaleGate } from './admission/gate.ts'
import { type AdmissionSettings, edgeLimits } from './admission/settings.ts'
import { campaignFinder } from './campaigns/find.ts'
import type { PaymentProvider } from './pay/provider.ts'
import type { SandboxRegister } from './pay/sandbox.ts'

/** What the verbs of this service are handed: the book, the clock, ids, randomness, the provider. */
export type Deps = Readonly<{
  db: Db
  auth: AuthDeps
  campaigns: CampaignBook
  /** A campaign by the code in its file; null when none was opened under it. */
  findCampaign: (code: string) => Promise<OpenCampaign | null>
  provider: PaymentProvider
  /** The store's till of the sandbox; null with any other provider. */
  sandbox: SandboxRegister | null
  /** Stands in front of applying and buying, and decides how many do it at once. */
  gate: SaleGate
  limits: Pick<Limits, 'inFlightMax' | 'shedAt'>
  log: Log
  now: () => Instant
  newId: () => string
  randomBytes: (count: number) => Uint8Array
}>

/** Wires what the verbs need; an account is never without its wallet, so they are made together. */
export function openDeps(
  base: Pick<Deps, 'db' | 'provider' | 'sandbox' | 'log' | 'now' | 'newId' | 'randomBytes'> &
    Readonly<{
      origins: Readonly<Record<Audience, string>>
      admission: Readonly<{ secret: string; settings: AdmissionSettings }>
    }>,
): Deps {
  const { origins, admission, ...given } = base
  const campaigns = new CampaignBook(given.db)
  return {
    ...given,
    campaigns,
    findCampaign: campaignFinder(given.db, campaigns),
    gate: new SaleGate(admission.settings, {
      ...given,
      office: openTicketOffice(admission.secret),
    }),
    limits: edgeLimits(admission.settings),
    auth: {
      db: given.db,
      now: given.now,
      randomBytes: given.randomBytes,
      origins: {
        resident: originOf(origins.resident),
        shop: originOf(origins.shop),
        staff: originOf(origins.staff),
      },
      afterRegister: async (tx, { accountId, at }) => {
        await openWallet(tx, { accountId, walletId: given.newId(), at })
      },
    },
  }
}

const originOf = (origin: string): Origin => ({ origin, rpId: new URL(origin).hostname })
