import { buttonLook, Notice, Screen, typed, useFormat, Waiting } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { devicesAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { useWords } from '../words.ts'
import { RegisterPhone } from './register-phone.tsx'
import { SignOut } from './sign-out.tsx'
import { StopPhone } from './stop-phone.tsx'
import { usePhone } from './use-phone.ts'

/** This phone and the person's others: which may pay, and what to do about a new or a lost one. */
export function DeviceScreen() {
  const { w } = useWords()
  const device = usePhone()
  return (
    <Screen title={w('more.device')}>
      {device === undefined && <Waiting />}
      {device === null && <RegisterPhone />}
      {device !== undefined && device !== null && (
        <Notice kind="success" title={w('device.this', { name: typed(device.name) })}>
          {w('device.this_text')}
        </Notice>
      )}
      <Phones ownId={device?.deviceId ?? null} />
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-bold">{w('device.new')}</h2>
        <p>{w('device.new_text')}</p>
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-bold">{w('device.lost')}</h2>
        <p>{w('device.lost_text')}</p>
        <Link to="/more/lost" className={buttonLook('danger')}>
          {w('device.lost_button')}
        </Link>
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-bold">{w('device.sign_out')}</h2>
        <p>{w('device.sign_out_text')}</p>
        <SignOut path="/v1/sessions/current">{w('device.sign_out')}</SignOut>
      </section>
    </Screen>
  )
}

function Phones({ ownId }: Readonly<{ ownId: string | null }>) {
  const { w } = useWords()
  const f = useFormat()
  const devices = useQuery(devicesAnswer)
  return (
    <Asked query={devices}>
      {(list) =>
        list.length === 0 ? null : (
          <section className="flex flex-col gap-2">
            <h2 className="text-lg font-bold">{w('device.all')}</h2>
            <ul className="flex flex-col">
              {list.map((device) => (
                <li
                  key={device.deviceId}
                  className="flex flex-wrap items-center justify-between gap-2 border-b border-solid-gray-300 py-2"
                >
                  <span>
                    <bdi lang="" className="font-bold">
                      {device.name}
                    </bdi>
                    {device.deviceId === ownId && <> ({w('device.here')})</>}
                    <span className="block text-sm text-solid-gray-700">
                      {device.revokedAt === null
                        ? w('device.since', { day: f.day(device.registeredAt) })
                        : w('device.stopped', { day: f.day(device.revokedAt) })}
                    </span>
                  </span>
                  {device.revokedAt === null && (
                    <StopPhone device={device} isThisPhone={device.deviceId === ownId} />
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Asked>
  )
}
