import { Button } from '@minnaken/ui'
import { useWords } from '../words.ts'
import { Check } from './check.tsx'
import { type OpenOn, moreHours, onTheClock, openOn } from './profile.ts'

/** A shop that closes for a while opens so often in one day. */
const TIMES_MAX = 3

/** The hours of one day of the week: none, one stretch, or several with a break between them. */
export function DayHours({
  day,
  hours,
  onChange,
}: Readonly<{
  day: OpenOn['day']
  hours: readonly OpenOn[]
  onChange: (hours: readonly OpenOn[]) => void
}>) {
  const { w, t } = useWords()
  const name = t(`hours.day.${day}`)
  const more = () => onChange([...hours, moreHours(day, hours)])
  return (
    <div className="flex flex-wrap items-start gap-x-3 border-b border-solid-gray-300 py-1">
      <div className="w-32">
        <Check
          label={w(`hours.day.${day}`)}
          isOn={hours.length > 0}
          onChange={(isOn) => (isOn ? more() : onChange([]))}
        />
      </div>
      {hours.length === 0 ? (
        <p className="flex min-h-12 items-center">{w('hours.day_off')}</p>
      ) : (
        <div className="flex min-w-0 flex-col gap-1">
          {hours.map((open, at) => (
            <Stretch
              key={at}
              name={`${name} ${at + 1}`}
              open={open}
              onChange={(next) => onChange(hours.map((it, place) => (place === at ? next : it)))}
              onRemove={() => onChange(hours.filter((_, place) => place !== at))}
            />
          ))}
          {hours.length < TIMES_MAX && (
            <Button kind="quiet" onClick={more}>
              ＋ {w('hours.more')}
              <span className="sr-only">{name}</span>
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

function Stretch({
  name,
  open,
  onChange,
  onRemove,
}: Readonly<{
  name: string
  open: OpenOn
  onChange: (open: OpenOn) => void
  onRemove: () => void
}>) {
  const { t } = useWords()
  const time = (which: 'from' | 'until') => (
    <input
      type="time"
      aria-label={`${name} ${t(`hours.${which}`)}`}
      required
      value={onTheClock(open[which])}
      onChange={({ target }) => {
        if (target.value === '') target.value = onTheClock(open[which])
        else onChange(openOn({ ...open, until: onTheClock(open.until), [which]: target.value }))
      }}
      className="min-h-12 w-30 min-w-0 flex-1 rounded-8 border border-solid-gray-600 px-2"
    />
  )
  return (
    <div className="flex min-w-0 items-center gap-1">
      {time('from')}–{time('until')}
      <Button kind="quiet" aria-label={`${name} ${t('hours.less')}`} onClick={onRemove}>
        ×
      </Button>
    </div>
  )
}
