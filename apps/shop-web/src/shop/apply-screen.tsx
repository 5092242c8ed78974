import {
  type Body,
  Button,
  type Failure,
  FailureNotice,
  Field,
  Notice,
  Screen,
  SelectField,
  buttonLook,
  call,
  queries,
  japanese,
  Waiting,
} from '@minnaken/ui'
import type { shopBody } from '@minnaken/settlement/contract'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { AccountFields } from '../payouts/account-fields.tsx'
import { type AccountFault, faultOf, readAccount } from '../payouts/account-typed.ts'
import { Back } from '../till/back.tsx'
import { OwnerEntry } from '../till/owner-entry.tsx'
import { type OwnShop, ownShopsKey, usePlace } from '../till/place.ts'
import { useWords } from '../words.ts'
import {
  type Facts,
  type Typed,
  forgetApplication,
  keepApplication,
  readApplication,
} from './application-draft.ts'

type ShopBody = Body<typeof shopBody>

const categories = [
  'retail',
  'food',
  'restaurant',
  'service',
  'clinic',
  'dental_clinic',
  'dispensing_pharmacy',
  'taxi',
  'other',
] as const satisfies readonly ShopBody['category'][]

const roles = [
  'none',
  'operator',
  'tenant',
] as const satisfies readonly ShopBody['largeRetailFacility'][]

/** A shop applies to take vouchers: what it is, where it is, and where the money goes. */
export function ApplyScreen() {
  const { w } = useWords()
  const place = usePlace()
  return (
    <Screen title={w('apply.title')}>
      <Back to="/shop" />
      {place?.isOwner === undefined && <Waiting />}
      {place?.isOwner === false && <OwnerEntry />}
      {place?.isOwner === true && <Application />}
    </Screen>
  )
}

function Application() {
  const [applied, setApplied] = useState<OwnShop>()
  return applied === undefined ? <Form onApplied={setApplied} /> : <Applied shop={applied} />
}

function Applied({ shop }: Readonly<{ shop: OwnShop }>) {
  const { w } = useWords()
  return (
    <Notice
      kind="success"
      title={w('apply.done', { shop: japanese(shop.name) })}
      action={
        <Link to="/payouts/account" className={buttonLook('primary', true)}>
          {w('account.confirm')}
        </Link>
      }
    >
      <p>{w('apply.done_text')}</p>
      <p lang="ja" className="text-xl font-bold">
        {(shop.proposedAccount ?? shop.account)?.holderHalf}
      </p>
    </Notice>
  )
}

function Form({ onApplied }: Readonly<{ onApplied: (shop: OwnShop) => void }>) {
  const { w } = useWords()
  const [typed, setTyped] = useState(readApplication)
  const { facts, account } = typed
  const change = (changed: Partial<Typed>) => {
    const next = { ...typed, ...changed }
    setTyped(next)
    keepApplication(next)
  }
  const [faults, setFaults] = useState<readonly AccountFault[]>([])
  const [isChecked, setIsChecked] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const apply = async () => {
    const read = readAccount(account)
    setIsChecked(true)
    setFailure(undefined)
    setFaults(read.kind === 'wrong' ? read.faults : [])
    if (read.kind === 'wrong' || isEmpty(facts.name) || isEmpty(facts.address)) return
    setIsBusy(true)
    const body: ShopBody = { ...facts, account: read.account }
    const answer = await call<OwnShop>({ method: 'POST', path: '/v1/shops', body })
    setIsBusy(false)
    if (answer.kind === 'answered') {
      forgetApplication()
      onApplied(answer.value)
      await queries.invalidateQueries({ queryKey: ownShopsKey })
      return
    }
    const fault = answer.kind === 'refused' ? faultOf(answer.problem.code) : null
    if (fault === null) setFailure(answer)
    else setFaults([fault])
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void apply()
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <p>{w('apply.text')}</p>
      <FactFields facts={facts} isChecked={isChecked} onChange={(it) => change({ facts: it })} />
      <AccountFields value={account} faults={faults} onChange={(it) => change({ account: it })} />
      {failure !== undefined && <FailureNotice failure={failure} />}
      <Button type="submit" isWide isBusy={isBusy}>
        {w('apply.do')}
      </Button>
    </form>
  )
}

function FactFields({
  facts,
  isChecked,
  onChange,
}: Readonly<{ facts: Facts; isChecked: boolean; onChange: (facts: Facts) => void }>) {
  const { w, t } = useWords()
  return (
    <>
      <Field
        label={w('apply.name')}
        maxLength={60}
        autoComplete="organization"
        value={facts.name}
        onChange={(event) => onChange({ ...facts, name: event.target.value })}
        error={isChecked && isEmpty(facts.name) ? w('apply.name_needed') : undefined}
      />
      <Field
        label={w('apply.address')}
        maxLength={120}
        autoComplete="street-address"
        value={facts.address}
        onChange={(event) => onChange({ ...facts, address: event.target.value })}
        error={isChecked && isEmpty(facts.address) ? w('apply.address_needed') : undefined}
      />
      <SelectField
        label={w('apply.category')}
        value={facts.category}
        onChange={(event) =>
          onChange({
            ...facts,
            category: categories.find((it) => it === event.target.value) ?? 'other',
          })
        }
      >
        {categories.map((it) => (
          <option key={it} value={it}>
            {t(`apply.category.${it}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={w('apply.facility')}
        hint={w('apply.facility_hint')}
        value={facts.largeRetailFacility}
        onChange={(event) =>
          onChange({
            ...facts,
            largeRetailFacility: roles.find((it) => it === event.target.value) ?? 'none',
          })
        }
      >
        {roles.map((it) => (
          <option key={it} value={it}>
            {t(`apply.facility.${it}`)}
          </option>
        ))}
      </SelectField>
    </>
  )
}

const isEmpty = (text: string): boolean => text.trim() === ''
