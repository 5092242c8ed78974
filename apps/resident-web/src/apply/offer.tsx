import { Amount, useFormat } from '@minnaken/ui'
import type { Campaign } from '../answers.ts'
import { KindName } from '../kind-name.tsx'
import { useWords } from '../words.ts'
import { useDeadline } from '../wallet/step-card.tsx'

/** What one gets: 10,000円で12,500円分, of which kinds, and until when it can be spent. */
export function Offer({ campaign }: Readonly<{ campaign: Campaign }>) {
  const { w } = useWords()
  const f = useFormat()
  const deadline = useDeadline()
  const { unit, kinds, caps, windows } = campaign
  return (
    <section className="flex flex-col gap-2 rounded-16 bg-accent-50 p-4">
      <h2 className="text-xl font-bold">
        {w('offer.unit', { price: f.yen(unit.priceYen), face: f.yen(unit.faceYen) })}
      </h2>
      <ul>
        {kinds.map(({ code, label, faceYen, acceptedBy }) => (
          <li key={code}>
            <strong>
              <KindName kind={code} label={label} />
            </strong>{' '}
            <Amount yen={faceYen} />
            <span className="block text-sm">
              {acceptedBy.length === 1 && acceptedBy[0] === 'SMALL'
                ? w('offer.small_only')
                : w('offer.all_shops')}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-sm">
        {w('offer.cap', { count: caps.perPersonUnits })}{' '}
        {w('offer.use', { from: f.day(windows.use.from), day: deadline(windows.use.until) })}
      </p>
    </section>
  )
}
