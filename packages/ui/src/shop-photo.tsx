import { useState } from 'react'

/** Where a photo of a shop is; null where the shop has none. Another photo has another address. */
export const shopPhotoAddress = (photoId: string | null | undefined): string | null =>
  photoId == null ? null : `/api/v1/public/shop-photos/${photoId}`

/**
 * How a shop looks, in a place that keeps its size. A quiet sign stands there where no photo is, until
 * it has come, and where it does not come: nothing waits for a picture, and nothing fails by one.
 */
export function ShopPhoto({
  address,
  alt,
  size,
}: Readonly<{ address: string | null; alt: string; size: 'tile' | 'wide' }>) {
  const [lost, setLost] = useState<string | null>(null)
  const isTile = size === 'tile'
  const look = isTile ? 'size-28 text-5xl' : 'aspect-4/3 w-full max-w-md text-7xl'
  return (
    <div
      className={`relative flex flex-none items-center justify-center overflow-hidden rounded-12 bg-accent-50 ${look}`}
    >
      <span aria-hidden="true">🏪</span>
      {address !== null && address !== lost && (
        <img
          key={address}
          src={address}
          alt={alt}
          loading="lazy"
          decoding="async"
          onError={() => setLost(address)}
          className={`absolute inset-0 size-full text-transparent ${isTile ? 'object-cover' : 'object-contain'}`}
        />
      )}
    </div>
  )
}
