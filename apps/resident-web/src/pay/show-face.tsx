import { Amount, type Device, Notice, playSuccess, QrCode, Waiting } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { walletAnswer } from '../answers.ts'
import { useWords } from '../words.ts'
import { NumberView } from './number-view.tsx'
import { OfflineWords } from './offline-words.tsx'
import { PaidResult } from './paid-result.tsx'
import { Ring } from './ring.tsx'
import { usePaid, useShownCode } from './shown-code.ts'
import { useAwakeScreen } from '../awake-screen.ts'

/** The code that the shop reads. Made on this phone, so it needs no network. */
export function ShowFace({ device }: Readonly<{ device: Device }>) {
  const { w, t } = useWords()
  const code = useShownCode(device)
  const { paid, done } = usePaid(device)
  const wallet = useQuery(walletAnswer)
  useAwakeScreen()
  useEffect(() => {
    if (paid !== null) playSuccess()
  }, [paid])
  if (paid !== null) return <PaidResult payment={paid} onDone={done} />
  if (wallet.data !== undefined && wallet.data.stoppedAt !== null)
    return <Notice kind="warning" title={w('next.wallet_stopped')} />
  return (
    <div className="flex flex-col items-center gap-4">
      <p className="text-center font-bold">{w('show.to_shop')}</p>
      <div className="w-full rounded-16 border border-solid-gray-300 bg-white p-3 shadow-1">
        {code === null ? <Waiting /> : <QrCode text={code.text} label={t('show.code')} />}
        <div className="mt-2 flex items-center justify-center gap-3">
          {code !== null && <Ring code={code} />}
          <span className="text-sm">{w('show.renews')}</span>
        </div>
      </div>
      <NumberView code={code} />
      <OfflineWords device={device} />
      <p className="text-center text-sm text-solid-gray-700">{w('show.bright')}</p>
      {wallet.data !== undefined && (
        <p className="text-center">
          {w('wallet.title')}: <Amount yen={wallet.data.spendableYen} />
        </p>
      )}
    </div>
  )
}
