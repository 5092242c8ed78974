import {
  type Body,
  Button,
  type Failure,
  FailureNotice,
  Notice,
  Screen,
  call,
  queries,
} from '@minnaken/ui'
import type { confirmationBody } from '@minnaken/settlement/contract'
import { type FormEvent, useState } from 'react'
import { Back } from '../till/back.tsx'
import { OwnerOnly } from '../till/owner-only.tsx'
import { type OwnShop, ownShopsKey } from '../till/place.ts'
import { useWords } from '../words.ts'
import { AccountFields } from './account-fields.tsx'
import { AccountLines } from './account-card.tsx'
import { type AccountFault, emptyAccount, faultOf, readAccount } from './account-typed.ts'

/** The bank account: the name to confirm as the bank will see it, and another account to propose. */
export function AccountScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('account.title')}>
      <Back to="/payouts" />
      <OwnerOnly>
        {(shop) => (
          <>
            <Confirm key={shop.shopId} shop={shop} />
            <Change key={`${shop.shopId} change`} shop={shop} />
          </>
        )}
      </OwnerOnly>
    </Screen>
  )
}

function Confirm({ shop }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const account = shop.proposedAccount ?? shop.account
  if (account === null) return null
  const confirm = async () => {
    setIsBusy(true)
    const body: Body<typeof confirmationBody> = { holderHalf: account.holderHalf }
    const answer = await call<OwnShop>({
      method: 'POST',
      path: `/v1/shops/${shop.shopId}/account/confirmation`,
      body,
      isRepeatable: true,
    })
    setFailure(answer.kind === 'answered' ? undefined : answer)
    await queries.invalidateQueries({ queryKey: ownShopsKey })
    setIsBusy(false)
  }
  return (
    <section className="flex flex-col gap-3 rounded-12 border border-solid-gray-300 p-4">
      <AccountLines account={account} />
      {account.confirmedAt === null ? (
        <>
          <p>{w('account.confirm_text')}</p>
          {failure !== undefined && <FailureNotice failure={failure} />}
          <Button isWide isBusy={isBusy} onClick={() => void confirm()}>
            {w('account.confirm')}
          </Button>
        </>
      ) : (
        <Notice
          kind={account.checkedAt === null ? 'waiting' : 'success'}
          title={account.checkedAt === null ? w('account.waits') : w('account.confirmed')}
        />
      )}
    </section>
  )
}

function Change({ shop }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  const [typed, setTyped] = useState(emptyAccount)
  const [faults, setFaults] = useState<readonly AccountFault[]>([])
  const [failure, setFailure] = useState<Failure>()
  const [isBusy, setIsBusy] = useState(false)
  const [isDone, setIsDone] = useState(false)
  const submit = async () => {
    const read = readAccount(typed)
    setFaults(read.kind === 'wrong' ? read.faults : [])
    setFailure(undefined)
    if (read.kind === 'wrong') return
    setIsBusy(true)
    const answer = await call<OwnShop>({
      method: 'PUT',
      path: `/v1/shops/${shop.shopId}/account`,
      body: read.account,
      isRepeatable: true,
    })
    setIsBusy(false)
    if (answer.kind !== 'answered') {
      const fault = answer.kind === 'refused' ? faultOf(answer.problem.code) : null
      setFaults(fault === null ? [] : [fault])
      setFailure(fault === null ? answer : undefined)
      return
    }
    setIsDone(true)
    setTyped(emptyAccount)
    await queries.invalidateQueries({ queryKey: ownShopsKey })
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    void submit()
  }
  if (isDone) return <Notice kind="success" title={w('account.proposed_done')} />
  return (
    <details className="rounded-12 border border-solid-gray-300 p-4">
      <summary className="min-h-12 cursor-pointer font-bold">{w('account.change')}</summary>
      <form noValidate onSubmit={send} className="flex flex-col gap-4 pt-2">
        <p>{w('account.change_text')}</p>
        <AccountFields value={typed} faults={faults} onChange={setTyped} />
        {failure !== undefined && <FailureNotice failure={failure} />}
        <Button type="submit" isWide isBusy={isBusy}>
          {w('account.propose')}
        </Button>
      </form>
    </details>
  )
}
