import {
  Button,
  Dialog,
  type Failure,
  FailureNotice,
  Notice,
  Screen,
  ShopPhoto,
  buttonLook,
  focusOnScreen,
  shopPhotoAddress,
  Waiting,
} from '@minnaken/ui'
import { type ReactNode, useEffect, useState } from 'react'
import { Back } from '../till/back.tsx'
import { OwnerOnly } from '../till/owner-only.tsx'
import type { OwnShop } from '../till/place.ts'
import { useWords } from '../words.ts'
import { type MadePhoto, makePhoto } from './make-photo.ts'
import { removePhoto, savePhoto } from './photo.ts'

/** How the shop looks: what payers compare with where they stand, before they pay. */
export function PhotoScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('photo.title')}>
      <Back to="/shop" />
      <p>{w('photo.text')}</p>
      <OwnerOnly>{(shop) => <Edit key={shop.shopId} shop={shop} />}</OwnerOnly>
    </Screen>
  )
}

type Chosen = Readonly<{ jpeg: Blob; address: string }>
type State = 'ready' | 'reading' | 'saving' | 'saved' | 'removed'
type NotMade = Exclude<MadePhoto['kind'], 'made'>

function Edit({ shop: { shopId, name, photoId } }: Readonly<{ shop: OwnShop }>) {
  const { w, t } = useWords()
  const { chosen, state, notMade, failure, choose, save, leave, setRemoved } = useChosen(shopId)
  const shown = chosen?.address ?? shopPhotoAddress(photoId)
  const isBusy = state === 'reading' || state === 'saving'
  return (
    <>
      <ShopPhoto
        size={shown === null ? 'tile' : 'wide'}
        address={shown}
        alt={t('photo.alt', { name })}
      />
      <Told
        state={state}
        notMade={notMade}
        hasPhoto={photoId !== null}
        isChosen={chosen !== null}
      />
      {failure !== undefined && <FailureNotice failure={failure} />}
      {chosen !== null && (
        <Button isWide isBusy={state === 'saving'} onClick={() => void save(chosen)}>
          {w('photo.save')}
        </Button>
      )}
      <ChooseFile
        kind={chosen === null && photoId === null ? 'primary' : 'secondary'}
        isBusy={isBusy}
        onChoose={(picture) => void choose(picture)}
      >
        {w(chosen === null && photoId === null ? 'photo.choose' : 'photo.another')}
      </ChooseFile>
      {chosen !== null && !isBusy && (
        <Button kind="quiet" onClick={leave}>
          {w('photo.cancel')}
        </Button>
      )}
      {chosen === null && photoId !== null && <Remove shopId={shopId} onRemoved={setRemoved} />}
    </>
  )
}

/** The photo that is about to be shown, and how far it is. */
function useChosen(shopId: string) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [state, setState] = useState<State>('ready')
  const [notMade, setNotMade] = useState<NotMade | null>(null)
  const [failure, setFailure] = useState<Failure>()
  const address = chosen?.address
  useEffect(
    () => (address === undefined ? undefined : () => URL.revokeObjectURL(address)),
    [address],
  )
  const leave = () => {
    setChosen(null)
    setNotMade(null)
    // The button that was pressed is gone.
    queueMicrotask(focusOnScreen)
  }
  return {
    chosen,
    state,
    notMade,
    failure,
    leave,
    choose: async (picture: Blob) => {
      setState('reading')
      setFailure(undefined)
      const made = await makePhoto(picture).catch((): MadePhoto => ({ kind: 'unreadable' }))
      setState('ready')
      setNotMade(made.kind === 'made' ? null : made.kind)
      if (made.kind === 'made')
        setChosen({ jpeg: made.jpeg, address: URL.createObjectURL(made.jpeg) })
    },
    save: async ({ jpeg }: Chosen) => {
      setState('saving')
      const failed = await savePhoto(shopId, jpeg)
      setFailure(failed)
      setState(failed === undefined ? 'saved' : 'ready')
      if (failed === undefined) leave()
    },
    setRemoved: () => {
      setState('removed')
      queueMicrotask(focusOnScreen)
    },
  }
}

/** What there is to know, in one place: what was done, what went wrong, or what to do next. */
function Told({
  state,
  notMade,
  hasPhoto,
  isChosen,
}: Readonly<{ state: State; notMade: NotMade | null; hasPhoto: boolean; isChosen: boolean }>) {
  const { w } = useWords()
  if (state === 'reading') return <Waiting />
  if (notMade !== null) return <Notice isAnswer kind="warning" title={w(`photo.${notMade}`)} />
  if (isChosen) return <Notice title={w('photo.check')} />
  if (state === 'saved') return <Notice kind="success" title={w('photo.saved')} />
  if (state === 'removed') return <Notice kind="success" title={w('photo.removed')} />
  return hasPhoto ? null : <Notice title={w('photo.none')}>{w('photo.advice')}</Notice>
}

/** A picture of this device, or one that is taken now: the device asks which. */
function ChooseFile({
  kind,
  isBusy,
  onChoose,
  children,
}: Readonly<{
  kind: 'primary' | 'secondary'
  isBusy: boolean
  onChoose: (picture: Blob) => void
  children: ReactNode
}>) {
  return (
    <label
      className={`${buttonLook(kind, true)} relative cursor-pointer has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-black`}
    >
      <input
        type="file"
        accept="image/*"
        disabled={isBusy}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
        onChange={({ target }) => {
          const picture = target.files?.[0]
          if (picture !== undefined) onChoose(picture)
          // The same picture may be chosen once more.
          target.value = ''
        }}
      />
      {children}
    </label>
  )
}

function Remove({ shopId, onRemoved }: Readonly<{ shopId: string; onRemoved: () => void }>) {
  const { w } = useWords()
  const [isAsked, setIsAsked] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const remove = async () => {
    setIsBusy(true)
    const failed = await removePhoto(shopId)
    setIsBusy(false)
    setFailure(failed)
    if (failed !== undefined) return
    setIsAsked(false)
    onRemoved()
  }
  return (
    <>
      <Button kind="quiet" onClick={() => setIsAsked(true)}>
        {w('photo.remove')}
      </Button>
      <Dialog
        title={w('photo.remove_ask')}
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        actions={
          <Button kind="danger" isBusy={isBusy} onClick={() => void remove()}>
            {w('photo.remove')}
          </Button>
        }
      >
        <p>{w('photo.remove_text')}</p>
        {failure !== undefined && <FailureNotice failure={failure} />}
      </Dialog>
    </>
  )
}
