import { FailureNotice, Notice, Screen, failureOf, useFormat, Waiting } from '@minnaken/ui'
import { shopCodeOf } from '@minnaken/qr'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { OwnerEntry } from '../till/owner-entry.tsx'
import { type OwnShop, usePlace } from '../till/place.ts'
import { OwnerOnly } from '../till/owner-only.tsx'
import { useKindLabel, useShopCard } from '../till/shop-card.ts'
import { takenKinds } from '../till/taken-kinds.ts'
import { useWords } from '../words.ts'
import { Practice } from './practice-section.tsx'
import { Settings } from './settings-section.tsx'
import { SignOut } from './sign-out.tsx'
import { ThisTill } from './this-till.tsx'

/** Everything about the shop, and about this device. */
export function ShopScreen() {
  const { w } = useWords()
  const place = usePlace()
  if (place === undefined)
    return (
      <Screen title={w('tab.shop')}>
        <Waiting />
      </Screen>
    )
  return (
    <Screen title={w('tab.shop')}>
      {place.till !== null && <ThisTill till={place.till} />}
      {place.till !== null && place.isOwner === false ? (
        <details className="rounded-12 border border-solid-gray-300 p-4">
          <summary className="min-h-12 cursor-pointer font-bold">
            {w('owner.sign_in_title')}
          </summary>
          <OwnerEntry />
        </details>
      ) : (
        <OwnerOnly>{(shop) => <OneShop shop={shop} />}</OwnerOnly>
      )}
      <Practice isTill={place.till !== null} />
      <Settings />
      {place.isOwner === true && <SignOut />}
    </Screen>
  )
}

function OneShop({ shop }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  return (
    <>
      <ShopFacts shop={shop} />
      <ul className="flex flex-col divide-y divide-solid-gray-300 rounded-12 border border-solid-gray-300">
        <MenuLink to="/shop/tills" icon="📱" words={w('tills.title')} />
        <MenuLink to="/shop/code" icon="🖨️" words={w('code.title')} />
        <MenuLink to="/shop/photo" icon="📷" words={w('photo.title')} />
        <MenuLink to="/shop/hours" icon="🕙" words={w('hours.title')} />
        <MenuLink to="/shop/notices" icon="📢" words={w('notices.title')} />
        <MenuLink to="/payouts/account" icon="🏦" words={w('account.title')} />
        <MenuLink to="/shop/apply" icon="➕" words={w('shop.apply_another')} />
      </ul>
    </>
  )
}

function MenuLink({
  to,
  icon,
  words,
}: Readonly<{ to: NonNullable<LinkProps['to']>; icon: string; words: ReactNode }>) {
  return (
    <li>
      <Link
        to={to}
        className="flex min-h-14 items-center gap-3 px-4 py-2 text-lg font-bold hover:bg-accent-50"
      >
        <span aria-hidden="true">{icon}</span>
        <span className="min-w-0 flex-1">{words}</span>
        <span aria-hidden="true">›</span>
      </Link>
    </li>
  )
}

const states = ['applied', 'active', 'suspended', 'rejected', 'left'] as const
const classes = ['SMALL', 'LARGE', 'MEDICAL', 'TAXI'] as const

function ShopFacts({ shop }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  const format = useFormat()
  const state = states.find((it) => it === shop.state) ?? 'applied'
  const shopClass = classes.find((it) => it === shop.shopClass) ?? 'SMALL'
  const isUnconfirmed = (shop.proposedAccount ?? shop.account)?.confirmedAt === null
  return (
    <section className="flex flex-col gap-2 rounded-12 bg-accent-50 p-4">
      <h2 lang="ja" className="text-xl font-bold">
        {shop.name}
      </h2>
      <p lang="ja">{shop.address}</p>
      <p>{w('shop.no', { no: shopCodeOf(shop.shopNo) })}</p>
      {state !== 'active' && (
        <Notice kind={state === 'applied' ? 'waiting' : 'warning'} title={w(`shop.state.${state}`)}>
          {shop.stateReason !== null && <p lang="ja">{shop.stateReason}</p>}
          {state === 'applied' && (
            <p>{w('shop.applied_text', { day: format.day(shop.appliedAt) })}</p>
          )}
        </Notice>
      )}
      {isUnconfirmed && (
        <Notice
          kind="warning"
          title={w('account.unconfirmed')}
          action={
            <Link to="/payouts/account" className="font-bold underline underline-offset-4">
              {w('account.confirm')}
            </Link>
          }
        />
      )}
      <p>{w(`shop.class.${shopClass}`)}</p>
      {state === 'active' && <Kinds shopNo={shop.shopNo} />}
    </section>
  )
}

/** Which vouchers this shop takes: it follows from its class, nobody chooses it. */
function Kinds({ shopNo }: Readonly<{ shopNo: string }>) {
  const { w } = useWords()
  const { data, error } = useShopCard(shopNo)
  const nameOf = useKindLabel(shopNo)
  if (error !== null) return <FailureNotice failure={failureOf(error)} />
  const kinds = data === undefined ? [] : takenKinds(data.kinds)
  return (
    <ul className="flex flex-wrap gap-2">
      {kinds.map(({ kind, isTaken }) => (
        <li
          key={kind}
          className={`rounded-full border px-3 py-1 ${isTaken ? 'border-green-800 bg-white font-bold' : 'border-solid-gray-500'}`}
        >
          {isTaken
            ? w('shop.takes', { kind: nameOf(kind) })
            : w('shop.takes_not', { kind: nameOf(kind) })}
        </li>
      ))}
    </ul>
  )
}
