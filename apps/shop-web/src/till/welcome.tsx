import {
  Button,
  type Failure,
  FailureNotice,
  Notice,
  Screen,
  buttonLook,
  japanese,
} from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../words.ts'
import { useOwnShops } from './place.ts'
import { becomeTill } from './till.ts'

/** What a device sees that is no till yet: join by the owner's code, or be the owner. */
export function Welcome({ isOwner }: Readonly<{ isOwner: boolean | undefined }>) {
  const { w } = useWords()
  return (
    <Screen title={w('welcome.title')}>
      <p className="text-lg">{w('welcome.text')}</p>
      {isOwner === true && <MakeThisATill />}
      <section className="flex flex-col gap-3 rounded-12 border border-solid-gray-300 p-4">
        <h2 className="text-xl font-bold">{w('welcome.staff')}</h2>
        <p>{w('welcome.staff_text')}</p>
        <Link to="/join" className={buttonLook(isOwner === true ? 'secondary' : 'primary', true)}>
          {w('welcome.join')}
        </Link>
      </section>
      <section className="flex flex-col gap-3 rounded-12 border border-solid-gray-300 p-4">
        <h2 className="text-xl font-bold">{w('welcome.owner')}</h2>
        <p>{w('welcome.owner_text')}</p>
        <Link to="/shop" className={buttonLook('secondary', true)}>
          {isOwner === true ? w('welcome.to_shop') : w('welcome.be_owner')}
        </Link>
      </section>
    </Screen>
  )
}

/** An owner needs no second device to make this one a till. */
function MakeThisATill() {
  const { w, t } = useWords()
  const { shop } = useOwnShops(true)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  if (shop?.state !== 'active') return null
  const make = async () => {
    setIsBusy(true)
    const outcome = await becomeTill(shop.shopId, t('welcome.owners_till'))
    if (outcome.kind !== 'joined') setFailure(outcome)
    setIsBusy(false)
  }
  return (
    <Notice
      title={w('welcome.this_device', { shop: japanese(shop.name) })}
      action={
        <Button isWide isBusy={isBusy} onClick={() => void make()}>
          {w('welcome.make_till')}
        </Button>
      }
    >
      {failure !== undefined && <FailureNotice failure={failure} />}
    </Notice>
  )
}
