import { useFormat } from '@minnaken/ui'
import { useId } from 'react'
import type { Campaign } from '../answers.ts'
import { useWords } from '../words.ts'

/** How many units, with − and ＋, up to how many, and what they come to in yen. */
export function UnitsField({
  units,
  max,
  unit,
  onChange,
}: Readonly<{
  units: number
  max: number
  unit: Campaign['unit']
  onChange: (units: number) => void
}>) {
  const { w, t } = useWords()
  const f = useFormat()
  const id = useId()
  const look =
    'size-14 flex-none rounded-full border-2 border-accent-700 bg-white text-3xl font-bold leading-100 text-accent-900 disabled:border-solid-gray-300 disabled:text-solid-gray-600 aria-disabled:border-solid-gray-300 aria-disabled:text-solid-gray-600'
  return (
    <div
      role="group"
      aria-labelledby={id}
      aria-describedby={`${id}-max`}
      className="flex flex-col gap-2"
    >
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span id={id} className="font-bold">
          {w('units.label')}
        </span>
        <span id={`${id}-max`} className="text-solid-gray-700">
          {w('units.up_to', { count: max })}
        </span>
      </p>
      <div className="flex items-center justify-center gap-3">
        <button
          type="button"
          aria-label={t('units.less')}
          aria-disabled={units <= 1}
          onClick={() => onChange(Math.max(1, units - 1))}
          className={look}
        >
          −
        </button>
        <output
          data-units={units}
          className="min-w-20 text-center text-3xl font-bold whitespace-nowrap"
        >
          {w('units.count', { count: units })}
        </output>
        <button
          type="button"
          aria-label={t('units.more')}
          aria-disabled={units >= max}
          onClick={() => onChange(Math.min(max, units + 1))}
          className={look}
        >
          ＋
        </button>
      </div>
      <p className="text-center">
        {w('units.total', {
          price: f.yen(units * unit.priceYen),
          face: f.yen(units * unit.faceYen),
        })}
      </p>
    </div>
  )
}
