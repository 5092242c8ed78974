import { shopCodeOf } from '@minnaken/qr'
import { Notice, Screen } from '@minnaken/ui'
import { SaveFile } from '../save-file.tsx'
import { Back } from '../till/back.tsx'
import { OwnerOnly } from '../till/owner-only.tsx'
import type { OwnShop } from '../till/place.ts'
import { useWords } from '../words.ts'

const sizes = ['a4', 'sticker'] as const

/** The shop's own code, to be printed: payers scan it, the shop needs no device. */
export function CodeScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('code.title')}>
      <Back to="/shop" />
      <p>{w('code.text')}</p>
      <OwnerOnly>
        {(shop) =>
          shop.state === 'active' || shop.state === 'suspended' ? (
            <Print shop={shop} />
          ) : (
            <Notice title={w('code.not_yet')} />
          )
        }
      </OwnerOnly>
    </Screen>
  )
}

function Print({ shop: { shopId, shopNo, name } }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  return (
    <>
      <div className="rounded-12 bg-accent-50 p-4 text-center">
        <p lang="ja" className="text-xl font-bold">
          {name}
        </p>
        <p className="text-4xl font-bold tracking-widest">{shopCodeOf(shopNo)}</p>
      </div>
      <p>{w('code.number_text')}</p>
      {sizes.map((size) => (
        <SaveFile
          key={size}
          kind={size === 'a4' ? 'primary' : 'secondary'}
          path={`/v1/shops/${shopId}/shop-code.pdf?size=${size}`}
          name={`minnaken-${shopNo}-${size}.pdf`}
        >
          {w(`code.${size}`)}
        </SaveFile>
      ))}
      <Notice kind="warning" title={w('code.check')} />
    </>
  )
}
