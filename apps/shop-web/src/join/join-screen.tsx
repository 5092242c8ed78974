import {
  Button,
  Field,
  FailureNotice,
  Notice,
  Screen,
  type Failure,
  playRefusal,
  japanese,
} from '@minnaken/ui'
import { shopCodeOf } from '@minnaken/qr'
import { Scanner } from '@minnaken/ui/scan'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { joinCodeIn } from '../receive/read-code.ts'
import { type Till, joinShop, keepTill, useTill } from '../till/till.ts'
import { useWords } from '../words.ts'

/** What stands behind the # of an owner's link; it never reaches a server's log. */
const linkedCode = (): string | null => joinCodeIn(location.href, location.origin)

/** A device becomes a till: by the owner's link, or by the code on the owner's screen. */
export function JoinScreen() {
  const { w, t } = useWords()
  const [joinCode, setJoinCode] = useState(linkedCode)
  const [isOther, setIsOther] = useState(false)
  const [joined, setJoined] = useState<Till>()
  const till = useTill()
  const startAgain = () => {
    history.replaceState(history.state, '', '/join')
    setJoined(undefined)
    setJoinCode(null)
  }
  if (joined !== undefined) return <IsItThisShop till={joined} onOther={startAgain} />
  const onRead = (text: string) => {
    const read = joinCodeIn(text, location.origin)
    setIsOther(read === null)
    if (read === null) playRefusal()
    else setJoinCode(read)
  }
  return (
    <Screen title={w('join.title')}>
      {till !== undefined && till !== null && (
        <Notice kind="warning" title={w('join.is_till', { shop: japanese(till.shop.name) })} />
      )}
      {joinCode === null ? (
        <>
          <p className="text-lg">{w('join.scan')}</p>
          <Scanner
            label={t('receive.camera')}
            onRead={onRead}
            otherwise={<p>{w('join.or_link')}</p>}
          />
          {isOther && <Notice isAnswer kind="warning" title={w('join.not_a_code')} />}
        </>
      ) : (
        <NameTill joinCode={joinCode} onJoined={setJoined} onWrong={startAgain} />
      )}
    </Screen>
  )
}

/**
 * Whose till this becomes, before it is one: a code says nothing of its shop, and whoever takes
 * payments for another one finds out too late.
 */
function IsItThisShop({ till, onOther }: Readonly<{ till: Till; onOther: () => void }>) {
  const { w } = useWords()
  const navigate = useNavigate()
  const become = async () => {
    await keepTill(till)
    await navigate({ to: '/', replace: true })
  }
  return (
    <Screen title={w('join.is_it')}>
      <div className="rounded-12 bg-accent-50 p-4 text-center">
        <p lang="ja" className="text-2xl font-bold">
          {till.shop.name}
        </p>
        <p>{w('shop.no', { no: shopCodeOf(till.shop.shopNo) })}</p>
      </div>
      <p>{w('join.is_it_text')}</p>
      <Button isWide onClick={() => void become()}>
        {w('join.become')}
      </Button>
      <Button kind="secondary" onClick={onOther}>
        {w('join.not_this')}
      </Button>
    </Screen>
  )
}

function NameTill({
  joinCode,
  onJoined,
  onWrong,
}: Readonly<{ joinCode: string; onJoined: (till: Till) => void; onWrong: () => void }>) {
  const { w } = useWords()
  const [name, setName] = useState('')
  const [isNameless, setIsNameless] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const join = async () => {
    setIsBusy(true)
    const outcome = await joinShop({ joinCode, name: name.trim() })
    setIsBusy(false)
    if (outcome.kind === 'joined') onJoined(outcome.till)
    else setFailure(outcome)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsNameless(name.trim() === '')
    if (name.trim() !== '') void join()
  }
  const isInvalid =
    failure?.kind === 'outcome_unknown' ||
    (failure?.kind === 'refused' && failure.problem.code === 'join_code_invalid')
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Notice kind="success" title={w('join.code_read')} />
      <Field
        label={w('join.name')}
        hint={w('join.name_hint')}
        value={name}
        maxLength={40}
        autoComplete="off"
        enterKeyHint="done"
        onChange={(event) => setName(event.target.value)}
        error={isNameless ? w('join.name_needed') : undefined}
      />
      {failure !== undefined && (
        <FailureNotice failure={failure} words={isInvalid ? w('join.invalid') : undefined} />
      )}
      {isInvalid ? (
        <Button isWide onClick={onWrong}>
          {w('join.scan_again')}
        </Button>
      ) : (
        <Button type="submit" isWide isBusy={isBusy}>
          {w('join.do')}
        </Button>
      )}
    </form>
  )
}
