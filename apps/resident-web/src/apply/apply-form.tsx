import type { applyBody } from '@minnaken/purchase/contract'
import { type Body, Button, call, type Failure, Field, queries } from '@minnaken/ui'
import { type ReactNode, useState } from 'react'
import { applicationAnswer, type Campaign, type Receipt } from '../answers.ts'
import { useWords } from '../words.ts'
import { useDeadline } from '../wallet/step-card.tsx'
import { BirthDateField } from './birth-date-field.tsx'
import { keepDraft, readDraft } from './draft.ts'
import { GroupField } from './group-field.tsx'
import { birthDateOf, type PersonField, type Typed, wrongFields } from './person.ts'
import { SaleFailure } from '../line/sale-failure.tsx'
import { UnitsField } from './units-field.tsx'

const blank: Typed = {
  units: 1,
  group: '',
  name: '',
  nameKana: '',
  year: '',
  month: '',
  day: '',
  address: '',
}

/** How many, and who: one page. What is typed stays until it was sent. */
export function ApplyForm({ campaign }: Readonly<{ campaign: Campaign }>) {
  const { w } = useWords()
  const deadline = useDeadline()
  const { typed, set, wrong, failure, isBusy, apply } = useApplying(campaign)
  const errorOf = (field: PersonField, words: ReactNode) =>
    wrong.includes(field) ? words : undefined
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        void apply()
      }}
    >
      <UnitsField
        units={typed.units}
        max={campaign.caps.perPersonUnits}
        unit={campaign.unit}
        onChange={(units) => set({ units })}
      />
      <GroupField
        groups={campaign.eligibility.groups}
        group={typed.group}
        error={errorOf('group', w('person.group_wrong'))}
        onChange={(group) => set({ group })}
      />
      <Field
        label={w('person.name')}
        autoComplete="name"
        maxLength={60}
        value={typed.name}
        error={errorOf('name', w('person.name_wrong'))}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Field
        label={w('person.kana')}
        hint={w('person.kana_hint')}
        autoComplete="off"
        maxLength={60}
        value={typed.nameKana}
        error={errorOf('nameKana', w('person.kana_wrong'))}
        onChange={(event) => set({ nameKana: event.target.value })}
      />
      <BirthDateField
        typed={typed}
        error={errorOf('birthDate', w('person.birth_wrong'))}
        onChange={set}
      />
      <Field
        label={w('person.address')}
        hint={w('person.address_hint')}
        autoComplete="street-address"
        maxLength={120}
        value={typed.address}
        error={errorOf('address', w('person.address_wrong'))}
        onChange={(event) => set({ address: event.target.value })}
      />
      {failure !== null && <SaleFailure failure={failure} onRetry={() => void apply()} />}
      <p className="text-sm">
        {w('apply.change_until', { day: deadline(campaign.windows.apply.until) })}
      </p>
      <Button isWide type="submit" isBusy={isBusy}>
        {w('apply.submit', { count: typed.units })}
      </Button>
    </form>
  )
}

function useApplying(campaign: Campaign) {
  const { code } = campaign
  const [typed, setTyped] = useState<Typed>(() => ({
    ...blank,
    ...(campaign.eligibility.groups.length === 1
      ? { group: campaign.eligibility.groups[0] ?? '' }
      : {}),
    ...readDraft(code),
  }))
  const [wrong, setWrong] = useState<readonly PersonField[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const set = (change: Partial<Typed>) => {
    const next = { ...typed, ...change }
    setTyped(next)
    keepDraft(code, next)
    if (wrong.length > 0) setWrong(wrongFields(next))
  }
  const apply = async () => {
    const faults = wrongFields(typed)
    setWrong(faults)
    setFailure(null)
    const birthDate = birthDateOf(typed)
    if (faults.length > 0 || birthDate === null || isBusy) return
    setIsBusy(true)
    const { units, group, name, nameKana, address } = typed
    const body: Body<typeof applyBody> = { units, group, name, nameKana, birthDate, address }
    const path = `/v1/campaigns/${code}/applications`
    // One account applies once, so asking again is harmless: the first answer is looked up below.
    const answer = await call<Receipt>({ method: 'POST', path, body, isRepeatable: true })
    setIsBusy(false)
    const wasApplied = answer.kind === 'refused' && answer.problem.code === 'already_applied'
    if (answer.kind !== 'answered' && !wasApplied) return setFailure(answer)
    keepDraft(code, null)
    if (answer.kind === 'answered')
      queries.setQueryData(applicationAnswer(code).queryKey, answer.value)
    await queries.invalidateQueries({ queryKey: ['application', code] })
    scrollTo({ top: 0 })
    document.querySelector('h1')?.focus({ preventScroll: true })
    return undefined
  }
  return { typed, set, wrong, failure, isBusy, apply }
}
