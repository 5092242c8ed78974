import {
  type AuthenticatorState,
  openDeviceKey,
  softwareAuthenticator,
} from '@minnaken/auth/software-authenticator'
import type { Role } from '@minnaken/domain'
import { ceremoniesOf } from '../people/apps.ts'
import { signIn } from '../people/passkey.ts'
import {
  type Person,
  type Phone,
  type Till,
  personWith,
  phoneWith,
  tillWith,
} from '../people/people.ts'
import { localOrigins } from '../platform/addresses.ts'
import { keep, readKept } from '../platform/data-folder.ts'
import type { ServiceUrls } from '../platform/services.ts'

/** The invented people of `npm start`, one for each role, with the keys that a phone would hold. */
export type Accounts = Readonly<{
  passkeys: Readonly<Record<Exclude<Role, 'shop_staff'>, AuthenticatorState>>
  till: Readonly<{ tillId: string; shopId: string; token: string }>
  phone: Readonly<{ deviceId: string; privateKey: Parameters<typeof openDeviceKey>[0] }>
  shopId: string
  /** The campaign that is open for applications, and the one whose vouchers can be spent. */
  campaigns: Readonly<{ applying: string; spending: string }>
}>

const FILE = 'accounts.json'

export const keepAccounts = (accounts: Accounts): Promise<void> => keep(FILE, accounts)

/** The invented people, or null before the first start. */
export const readAccounts = async (): Promise<Accounts | null> =>
  (await readKept(FILE)) as Accounts | null

const appOf = { resident: 'resident', shop_owner: 'shop' } as const

/** Signs an invented person in with their passkey, by a real ceremony. */
export async function signInAs(
  role: Exclude<Role, 'shop_staff'>,
  { accounts, urls }: Readonly<{ accounts: Accounts; urls: ServiceUrls }>,
): Promise<Person> {
  const app = role === 'resident' || role === 'shop_owner' ? appOf[role] : 'staff'
  const authenticator = softwareAuthenticator(accounts.passkeys[role])
  const ceremonies = ceremoniesOf(urls, localOrigins())[app]
  const { cookie } = await signIn(ceremonies, authenticator)
  await keepAccounts({
    ...accounts,
    passkeys: { ...accounts.passkeys, [role]: authenticator.state() },
  })
  return personWith({ app, authenticator, cookie, ceremonies })
}

export const openTill = (accounts: Accounts, urls: ServiceUrls): Till =>
  tillWith({ urls, ...accounts.till })

export const openPhone = async ({ phone }: Accounts): Promise<Phone> =>
  phoneWith(phone.deviceId, await openDeviceKey(phone.privateKey))
