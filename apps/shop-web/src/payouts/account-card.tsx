import { Notice, buttonLook } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import type { OwnShop } from '../till/place.ts'
import { useWords } from '../words.ts'

type Account = NonNullable<OwnShop['account']>

/** Where the money goes, with the name as the bank will see it. */
export function AccountCard({ shop }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  const { account, proposedAccount } = shop
  const isUnconfirmed = (proposedAccount ?? account)?.confirmedAt === null
  return (
    <section className="flex flex-col gap-3 rounded-12 border border-solid-gray-300 p-4">
      <h2 className="text-xl font-bold">{w('account.title')}</h2>
      {account !== null && <AccountLines account={account} />}
      {proposedAccount !== null && (
        <>
          <h3 className="font-bold">{w('account.proposed')}</h3>
          <AccountLines account={proposedAccount} />
          {!isUnconfirmed && <p className="text-sm">{w('account.waits')}</p>}
        </>
      )}
      {isUnconfirmed && <Notice kind="warning" title={w('account.unconfirmed')} />}
      <Link
        to="/payouts/account"
        className={buttonLook(isUnconfirmed ? 'primary' : 'secondary', true)}
      >
        {isUnconfirmed ? w('account.confirm') : w('account.change')}
      </Link>
    </section>
  )
}

export function AccountLines({ account }: Readonly<{ account: Account }>) {
  const { w } = useWords()
  return (
    <div>
      <p lang="ja">
        {account.bankName ?? account.bankCode} {account.branchName ?? account.branchCode}
      </p>
      <p>
        {w(`account.type.${account.accountType}`)} {account.accountNumber}
      </p>
      <p lang="ja" className="text-lg font-bold">
        {account.holderHalf}
      </p>
    </div>
  )
}
