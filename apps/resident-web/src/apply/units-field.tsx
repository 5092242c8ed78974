import { useFormat } from '@minnaken/ui'
import { useId } from 'react'
import type { Campaign } from '../answers.ts'
import { useWords } from '../words.ts'

/** How many units, with − and ＋, and what they come to in yen. */
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
    'size-14 flex-none rounded-full border-2 border-accent-700 bg-white text-3xl font-bold leading-100 text-accent-900 disabled:border-solid-gray-300 disabled:text-solid-gray-600'
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-2">
      <span id={id} className="font-bold">
        {w('units.label')}
      </span>
      <div className="flex items-center justify-center gap-3">
        <button
          type="button"
          aria-label={t('units.less')}
          disabled={units <= 1}
          onClick={() => onChange(units - 1)}
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
          disabled={units >= max}
          onClick={() => onChange(units + 1)}
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
