import type { Page } from 'playwright-core'

/** The fingerprint, face or PIN of whoever holds the phone. */
export type Passkeys = Readonly<{
  /** From now on the phone does not recognise its user. */
  refuse: () => Promise<void>
  accept: () => Promise<void>
}>

/** A phone that keeps passkeys, and asks for the fingerprint in the same moment in which it is given. */
export async function givePasskeys(page: Page): Promise<Passkeys> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const set = async (isUserVerified: boolean) => {
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  }
  return { refuse: () => set(false), accept: () => set(true) }
}
