import type { shopCodeReply } from '@minnaken/redemption/contract'
import { beginsStep, Notice, type Reply, ShopPhoto, shopPhotoAddress } from '@minnaken/ui'
import { useWords } from '../words.ts'
import { CategoryName } from '../shops/category-name.tsx'
import { takenKinds } from './taken-kinds.ts'

export type ShopCard = Reply<typeof shopCodeReply>

/** Whose code was read: compared with the sign above the door before anything is paid. */
export function ShopCardView({ shop }: Readonly<{ shop: ShopCard }>) {
  const { w, t } = useWords()
  const taken = takenKinds(shop.kinds)
  return (
    <section className="flex flex-col gap-2 rounded-16 border-2 border-solid-gray-300 p-4">
      <div className="flex items-center gap-3">
        <ShopPhoto
          size="tile"
          address={shopPhotoAddress(shop.photoId)}
          alt={t('shop.photo', { name: shop.name })}
        />
        <div className="min-w-0">
          <h2
            ref={beginsStep}
            tabIndex={-1}
            lang="ja"
            className="text-xl font-bold leading-140 shadow-none outline-none"
          >
            {shop.name}
          </h2>
          <p lang="ja" className="text-sm text-solid-gray-700">
            {shop.area}
          </p>
        </div>
      </div>
      <p className="text-sm">
        <CategoryName category={shop.category} />
        {taken !== null && (
          <>
            {' · '}
            <strong>{w(taken === 'all' ? 'shop.takes_all' : 'shop.common_only')}</strong>
          </>
        )}
      </p>
      {!shop.isTaking && <Notice kind="warning" title={w('shop.not_taking')} />}
    </section>
  )
}
