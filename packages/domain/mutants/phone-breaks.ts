import type { Mutant } from './mutant.ts'

const devices = 'apps/redemption/src/devices/devices.ts'

/** Breaks of who may add a phone that pays, and of who hears of it. */
export const phoneBreaks: readonly Mutant[] = [
  {
    law: 'L91',
    file: devices,
    from: 'deps.now() - signedInAt < SIGNED_IN_JUST_NOW_MS',
    to: 'deps.now() - signedInAt < 12 * SIGNED_IN_JUST_NOW_MS',
  },
  {
    law: 'L91',
    file: devices,
    from: '    if (!isOwner)\n',
    to: '    if (!isOwner && of.confirmation === undefined)\n',
  },
  {
    law: 'L91',
    file: 'packages/qr/src/device-key.ts',
    from: 'new TextEncoder().encode(x + y)',
    to: 'new TextEncoder().encode(x)',
  },
  {
    law: 'L91',
    file: 'packages/ui/src/register-device.ts',
    from: "isRefused(first, 'passkey_needed') ? await confirm({ name, publicKey }) : first",
    to: 'first',
  },
  {
    law: 'L91',
    file: 'packages/ui/src/register-device.ts',
    from: "namedCurve: 'P-256' }, false, [",
    to: "namedCurve: 'P-256' }, true, [",
  },
  {
    law: 'L91',
    file: 'apps/resident-web/src/more/new-phones-of.ts',
    from: 'Date.parse(registeredAt) > Date.parse(knownUntil)',
    to: 'Date.parse(registeredAt) < Date.parse(knownUntil)',
  },
  {
    law: 'L91',
    file: 'apps/resident-web/src/more/new-phones-of.ts',
    from: 'knownUntil === null || ',
    to: 'knownUntil !== null && ',
  },
]
