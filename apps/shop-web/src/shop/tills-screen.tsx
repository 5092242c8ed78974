import {
  Button,
  Dialog,
  type Failure,
  FailureNotice,
  Notice,
  Screen,
  call,
  failureOf,
  queries,
  useFormat,
  japanese,
  Waiting,
} from '@minnaken/ui'
import { useState } from 'react'
import { Back } from '../till/back.tsx'
import { OwnerOnly } from '../till/owner-only.tsx'
import type { OwnShop } from '../till/place.ts'
import { useWords } from '../words.ts'
import { Invitation } from './invitation.tsx'
import { type OneTill, type Tills, standingOf, tillsKey, useTills } from './tills.ts'

/** Who may take payments for the shop: a code for the next one, and a way to strike one off. */
export function TillsScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('tills.title')}>
      <Back to="/shop" />
      <OwnerOnly>{(shop) => <ShopTills key={shop.shopId} shop={shop} />}</OwnerOnly>
    </Screen>
  )
}

function ShopTills({ shop: { shopId } }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  const { data, error, refetch } = useTills(shopId)
  const [revoking, setRevoking] = useState<OneTill>()
  return (
    <>
      <Invitation shopId={shopId} tillsNow={data?.tills.length ?? 0} />
      {error !== null && data === undefined && (
        <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <Waiting />}
      {data?.tills.length === 0 && <Notice title={w('tills.none')} />}
      {data !== undefined && data.tills.length > 0 && (
        <ul className="flex flex-col divide-y divide-solid-gray-300 border-y border-solid-gray-300">
          {data.tills.toReversed().map((till) => (
            <TillLine key={till.tillId} till={till} onRevoke={() => setRevoking(till)} />
          ))}
        </ul>
      )}
      {revoking !== undefined && (
        <RevokeDialog shopId={shopId} till={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </>
  )
}

function TillLine({ till, onRevoke }: Readonly<{ till: OneTill; onRevoke: () => void }>) {
  const { w } = useWords()
  const format = useFormat()
  const standing = standingOf(till)
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p lang="ja" className={`text-lg font-bold ${standing === 'open' ? '' : 'line-through'}`}>
          {till.name}
        </p>
        <p className="text-sm">
          {standing === 'open'
            ? w('tills.since', { date: format.date(till.joinedAt) })
            : w(`tills.${standing}`, { date: format.date(till.revokedAt ?? till.expiresAt) })}
        </p>
      </div>
      {standing === 'open' && (
        <Button kind="danger" onClick={onRevoke}>
          {w('tills.revoke')}
          <span lang="ja" className="sr-only">
            {till.name}
          </span>
        </Button>
      )}
    </li>
  )
}

function RevokeDialog({
  shopId,
  till,
  onClose,
}: Readonly<{ shopId: string; till: OneTill; onClose: () => void }>) {
  const { w } = useWords()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const revoke = async () => {
    setIsBusy(true)
    const answer = await call<Tills>({
      method: 'DELETE',
      path: `/v1/shops/${shopId}/tills/${till.tillId}`,
      isRepeatable: true,
    })
    setIsBusy(false)
    if (answer.kind !== 'answered') return setFailure(answer)
    queries.setQueryData(tillsKey(shopId), answer.value)
    return onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={w('tills.revoke_title', { name: japanese(till.name) })}
      actions={
        <Button kind="danger" isWide isBusy={isBusy} onClick={() => void revoke()}>
          {w('tills.revoke')}
        </Button>
      }
    >
      <p>{w('tills.revoke_text')}</p>
      {failure !== undefined && <FailureNotice failure={failure} />}
    </Dialog>
  )
}
