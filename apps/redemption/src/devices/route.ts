import type { Origin } from '@minnaken/auth'
import { isoOf, problem, reply, route } from '@minnaken/http'
import { deviceBody, deviceParams, deviceReply, devicesReply, timeReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { type Device, listDevices, registerDevice, revokeDevice } from './devices.ts'

const shown = (device: Device) => ({
  deviceId: device.deviceId,
  name: device.name,
  registeredAt: isoOf(device.registeredAt),
  revokedAt: device.revokedAt === null ? null : isoOf(device.revokedAt),
})

export const registerDeviceRoute = (deps: Deps, origin: Origin) =>
  route({
    method: 'post',
    path: '/v1/devices',
    access: ['resident'],
    summary: { ja: 'このスマホを登録する', en: 'Register this phone' },
    body: deviceBody,
    replies: { 201: deviceReply },
    problems: [
      'device_key_invalid',
      'device_key_used',
      'passkey_needed',
      'passkey_refused',
      'devices_too_many',
    ],
    handle: async ({ body, actor: { accountId, signedInAt } }) => {
      const outcome = await registerDevice(deps, origin, { ...body, accountId, signedInAt })
      if ('deviceId' in outcome)
        return reply(201, { ...shown(outcome), serverTime: isoOf(deps.now()) })
      return problem(outcome.kind === 'wallet_missing' ? 'not_found' : outcome.kind)
    },
  })

export const listDevicesRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/devices',
    access: ['resident'],
    summary: { ja: '自分のスマホの一覧', en: 'My phones' },
    replies: { 200: devicesReply },
    handle: async ({ actor: { accountId } }) =>
      reply(200, { devices: (await listDevices(deps, accountId)).map(shown) }),
  })

export const revokeDeviceRoute = (deps: Deps) =>
  route({
    method: 'delete',
    path: '/v1/devices/:deviceId',
    access: ['resident'],
    summary: { ja: 'スマホを止める(紛失など)', en: 'Stop a phone, for example a lost one' },
    params: deviceParams,
    replies: { 200: devicesReply },
    handle: async ({ params: { deviceId }, actor: { accountId } }) => {
      if (!(await revokeDevice(deps, { accountId, deviceId }))) return problem('not_found')
      return reply(200, { devices: (await listDevices(deps, accountId)).map(shown) })
    },
  })

/** Phones sign server time: their own clock plus the difference to this. */
export const timeRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/time',
    access: 'anyone',
    summary: { ja: 'サーバーの時刻', en: "The server's time" },
    replies: { 200: timeReply },
    handle: async () => reply(200, { serverTime: isoOf(deps.now()) }),
  })
