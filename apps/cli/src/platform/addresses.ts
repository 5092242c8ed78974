import { createServer } from 'node:net'
import { InputError, PlatformError } from '../command.ts'
import type { ServiceName, ServiceUrls } from './services.ts'

/** The web origins of the three apps: where their pages come from, and what their passkeys are for. */
export type Origins = Readonly<{ resident: string; shop: string; staff: string }>

/** Where the services listen; MINNAKEN_PORT_PURCHASE, _REDEMPTION and _SETTLEMENT say otherwise. */
export const localPorts = (): Readonly<Record<ServiceName, number>> => ({
  purchase: portOf('MINNAKEN_PORT_PURCHASE', 8090),
  redemption: portOf('MINNAKEN_PORT_REDEMPTION', 8091),
  settlement: portOf('MINNAKEN_PORT_SETTLEMENT', 8092),
})

/** Where people's browsers come in; MINNAKEN_PORT_RESIDENT, _SHOP and _STAFF say otherwise. */
export const doorPorts = (): Readonly<Record<keyof Origins, number>> => ({
  resident: portOf('MINNAKEN_PORT_RESIDENT', 8080),
  shop: portOf('MINNAKEN_PORT_SHOP', 8081),
  staff: portOf('MINNAKEN_PORT_STAFF', 8082),
})

export function localUrls(): ServiceUrls {
  const { purchase, redemption, settlement } = localPorts()
  return {
    purchase: urlOf(purchase),
    redemption: urlOf(redemption),
    settlement: urlOf(settlement),
  }
}

const urlOf = (port: number): string => `http://127.0.0.1:${port}`

/**
 * On one machine the apps are at localhost, each at its own front door. For real phones
 * MINNAKEN_ORIGIN_RESIDENT, _SHOP and _STAFF say where they are.
 */
export function localOrigins(): Origins {
  const { resident, shop, staff } = doorPorts()
  return {
    resident: originOf('MINNAKEN_ORIGIN_RESIDENT', resident),
    shop: originOf('MINNAKEN_ORIGIN_SHOP', shop),
    staff: originOf('MINNAKEN_ORIGIN_STAFF', staff),
  }
}

function portOf(name: string, otherwise: number): number {
  const text = process.env[name] ?? ''
  if (text === '') return otherwise
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new InputError(`${name}: ${text} はポート番号ではありません / not a port`)
  return port
}

function originOf(name: string, port: number): string {
  const text = process.env[name] ?? ''
  if (text === '') return `http://localhost:${port}`
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.origin}/` !== url.href)
    throw new InputError(
      `${name}: ${text} は https://example.jp の形ではありません / not an origin like that`,
    )
  return url.origin
}

/** Throws, naming the port and what to do, when something listens where we are to listen. */
export async function assertPortsFree(): Promise<void> {
  for (const [name, port] of Object.entries({ ...doorPorts(), ...localPorts() })) {
    if (await isFree(port)) continue
    throw new PlatformError(
      [
        `ポート ${port} は使われています (${name})。npm start がもう動いていませんか。`,
        `ほかのポートを使うには MINNAKEN_PORT_${name.toUpperCase()}=番号 npm start`,
        `port ${port} (${name}) is taken: is another npm start running? Else set MINNAKEN_PORT_${name.toUpperCase()}.`,
      ].join('\n'),
    )
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
