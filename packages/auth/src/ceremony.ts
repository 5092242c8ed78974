import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { jstDateOf, type Instant } from '@minnaken/domain'
import { ceremonyMs } from './challenge.ts'
import type { AccountRole, Origin } from './deps.ts'
import { algorithms } from './proof.ts'
import { userHandleOf } from './user-handle.ts'

/** What the browser is asked to do, and the name under which its answer comes back. */
export type RegisterCeremony = Readonly<{
  challengeId: string
  options: PublicKeyCredentialCreationOptionsJSON
}>

export type SignInCeremony = Readonly<{
  challengeId: string
  options: PublicKeyCredentialRequestOptionsJSON
}>

const product = 'みんな券'

/** How a passkey is called in the phone's own list; it names the part and no person. */
const accountNames: Readonly<Record<AccountRole, string>> = {
  resident: '利用者',
  shop_owner: '取扱店',
  clerk: '事務局 担当',
  approver: '事務局 承認',
  auditor: '監査',
}

/** The options for `navigator.credentials.create()`: a passkey that is found without a name. */
export const creationOptions = (
  asked: Readonly<{
    challenge: Uint8Array<ArrayBuffer>
    accountId: string
    role: AccountRole
    origin: Origin
    at: Instant
  }>,
): Promise<PublicKeyCredentialCreationOptionsJSON> => {
  const name = `${product} ${accountNames[asked.role]} ${jstDateOf(asked.at)}`
  return generateRegistrationOptions({
    rpName: product,
    rpID: asked.origin.rpId,
    userName: name,
    userDisplayName: name,
    userID: new Uint8Array(userHandleOf(asked.accountId)),
    challenge: asked.challenge,
    timeout: ceremonyMs,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** The options for `navigator.credentials.get()`: whichever passkey of ours the phone holds. */
export const requestOptions = (
  asked: Readonly<{ challenge: Uint8Array<ArrayBuffer>; origin: Origin }>,
): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({
    rpID: asked.origin.rpId,
    challenge: asked.challenge,
    timeout: ceremonyMs,
    userVerification: 'required',
  })
