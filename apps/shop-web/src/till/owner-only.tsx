import { FailureNotice, Notice, SelectField, buttonLook, failureOf, Waiting } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { OwnerEntry } from './owner-entry.tsx'
import { type OwnShop, useOwnShops, usePlace } from './place.ts'

/** What only a shop's owner may see: asks who is not signed in, and for which of several shops. */
export function OwnerOnly({ children }: Readonly<{ children: (shop: OwnShop) => ReactNode }>) {
  const { w } = useWords()
  const place = usePlace()
  const isOwner = place?.isOwner === true
  const { query, shops, shop, choose } = useOwnShops(isOwner)
  if (place?.isOwner === undefined) return <Waiting />
  if (!isOwner)
    return (
      <>
        <Notice title={w('owner.only')} />
        <OwnerEntry />
      </>
    )
  if (query.error !== null && shops === undefined)
    return <FailureNotice failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
  if (shops === undefined) return <Waiting />
  if (shop === undefined) return <NoShop />
  return (
    <>
      {shops.length > 1 && (
        <SelectField
          label={w('shop.which')}
          value={shop.shopId}
          onChange={(event) => choose(event.target.value)}
        >
          {shops.map(({ shopId, name }) => (
            <option key={shopId} value={shopId} lang="ja">
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {children(shop)}
    </>
  )
}

function NoShop() {
  const { w } = useWords()
  return (
    <Notice
      title={w('shop.none')}
      action={
        <Link to="/shop/apply" className={buttonLook('primary', true)}>
          {w('shop.apply')}
        </Link>
      }
    >
      {w('shop.none_text')}
    </Notice>
  )
}
