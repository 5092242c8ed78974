import type { CDPSession, Page } from 'playwright-core'

type Kept = Awaited<ReturnType<typeof passkeysOn>>

const passkeysOn = async (cdp: CDPSession, authenticatorId: string) =>
  (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials

/** The fingerprint, face or PIN of whoever holds the phone. */
export type Passkeys = Readonly<{
  /** From now on the phone does not recognise its user. */
  refuse: () => Promise<void>
  accept: () => Promise<void>
  /** The same person's other phone has them too, as their account at the phone's maker sees to. */
  copyTo: (other: Passkeys) => Promise<void>
  take: (passkeys: Kept) => Promise<void>
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
  return {
    refuse: () => set(false),
    accept: () => set(true),
    copyTo: async (other) => other.take(await passkeysOn(cdp, authenticatorId)),
    take: async (passkeys) => {
      for (const credential of passkeys)
        await cdp.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
  }
}
