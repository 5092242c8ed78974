import {
  Button,
  type Failure,
  FailureNotice,
  Field,
  Notice,
  Screen,
  failureOf,
  languageNames,
  queries,
  Waiting,
} from '@minnaken/ui'
import { type FormEvent, useState } from 'react'
import { Back } from '../till/back.tsx'
import { OwnerOnly } from '../till/owner-only.tsx'
import { useWords } from '../words.ts'
import { Check } from './check.tsx'
import { DayHours } from './day-hours.tsx'
import { ShopPlace } from './shop-place.tsx'
import { type Profile, days, profileKey, saveProfile, spoken, useProfile } from './profile.ts'

/** When the shop is open and what is spoken there, as residents find it in the list of shops. */
export function HoursScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('hours.title')}>
      <Back to="/shop" />
      <OwnerOnly>{({ shopId }) => <Load key={shopId} shopId={shopId} />}</OwnerOnly>
    </Screen>
  )
}

function Load({ shopId }: Readonly<{ shopId: string }>) {
  const { data, error, refetch } = useProfile(shopId)
  if (data !== undefined) return <Edit shopId={shopId} before={data} />
  if (error === null) return <Waiting />
  return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
}

type Change = (changes: Partial<Profile>) => void

function Edit({ shopId, before }: Readonly<{ shopId: string; before: Profile }>) {
  const { w } = useWords()
  const [profile, setProfile] = useState(before)
  const [failure, setFailure] = useState<Failure>()
  const [state, setState] = useState<'writing' | 'saving' | 'saved'>('writing')
  const [isChecked, setIsChecked] = useState(false)
  const isWebsiteWrong = profile.website !== null && !/^https:\/\/[^\s<>"]+$/.test(profile.website)
  const change: Change = (changes) => {
    setProfile({ ...profile, ...changes })
    setState('writing')
  }
  const save = async () => {
    setIsChecked(true)
    if (isWebsiteWrong) return
    setState('saving')
    const answer = await saveProfile(shopId, profile)
    setFailure(answer.kind === 'answered' ? undefined : answer)
    setState(answer.kind === 'answered' ? 'saved' : 'writing')
    if (answer.kind === 'answered') queries.setQueryData(profileKey(shopId), answer.value)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-6">
      <OpeningHours profile={profile} change={change} />
      <SpokenLanguages profile={profile} change={change} />
      <Check
        label={w('hours.step_free')}
        isOn={profile.stepFree}
        onChange={(stepFree) => change({ stepFree })}
      />
      <Field
        label={w('hours.website')}
        hint={w('hours.website_hint')}
        type="url"
        maxLength={200}
        value={profile.website ?? ''}
        onChange={({ target: { value } }) => change({ website: value === '' ? null : value })}
        error={isChecked && isWebsiteWrong ? w('hours.website_wrong') : undefined}
      />
      <ShopPlace place={profile.location} onChange={(location) => change({ location })} />
      {failure !== undefined && <FailureNotice failure={failure} />}
      {state === 'saved' && <Notice kind="success" title={w('hours.saved')} />}
      <Button type="submit" isWide isBusy={state === 'saving'}>
        {w('hours.save')}
      </Button>
    </form>
  )
}

function OpeningHours({ profile, change }: Readonly<{ profile: Profile; change: Change }>) {
  const { w } = useWords()
  return (
    <>
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="pb-2 text-xl font-bold">{w('hours.hours')}</legend>
        {days.map((day) => (
          <DayHours
            key={day}
            day={day}
            hours={profile.hours.filter((it) => it.day === day)}
            onChange={(hours) =>
              change({
                hours: [...profile.hours.filter((it) => it.day !== day), ...hours].toSorted(
                  (a, b) => a.day - b.day,
                ),
              })
            }
          />
        ))}
      </fieldset>
      <Field
        label={w('hours.closed')}
        hint={w('hours.closed_hint')}
        maxLength={100}
        value={profile.closedDays}
        onChange={(event) => change({ closedDays: event.target.value })}
      />
    </>
  )
}

function SpokenLanguages({ profile, change }: Readonly<{ profile: Profile; change: Change }>) {
  const { w } = useWords()
  return (
    <fieldset>
      <legend className="pb-2 text-xl font-bold">{w('hours.languages')}</legend>
      {spoken.map((language) => (
        <Check
          key={language}
          label={<span lang={language}>{languageNames[language]}</span>}
          isOn={profile.languages.includes(language)}
          onChange={(isOn) =>
            change({
              languages: spoken.filter((it) =>
                it === language ? isOn : profile.languages.includes(it),
              ),
            })
          }
        />
      ))}
    </fieldset>
  )
}
