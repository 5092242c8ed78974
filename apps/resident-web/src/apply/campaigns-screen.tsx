import { Screen, serverNow } from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { applicationAnswer, type Campaign, campaignsAnswer, resultAnswer } from '../answers.ts'
import { Asked } from '../asked.tsx'
import { useWords } from '../words.ts'
import { useDeadline } from '../wallet/step-card.tsx'
import { standingOf } from './parts.ts'

/** The campaigns, what stands with each, and its page. */
export function CampaignsScreen() {
  const { w } = useWords()
  const campaigns = useQuery(campaignsAnswer)
  return (
    <Screen title={w('tab.apply')}>
      <Asked query={campaigns}>
        {(list) =>
          list.length === 0 ? (
            <p>{w('apply.none')}</p>
          ) : (
            <ul className="flex flex-col gap-3">
              {list
                .toSorted((one, other) =>
                  other.windows.apply.from.localeCompare(one.windows.apply.from),
                )
                .map((campaign) => (
                  <li key={campaign.code}>
                    <CampaignCard campaign={campaign} />
                  </li>
                ))}
            </ul>
          )
        }
      </Asked>
    </Screen>
  )
}

function CampaignCard({ campaign }: Readonly<{ campaign: Campaign }>) {
  const { w } = useWords()
  const deadline = useDeadline()
  const application = useQuery(applicationAnswer(campaign.code)).data ?? null
  const result = useQuery(resultAnswer(campaign.code)).data ?? null
  const standing = standingOf({ campaign, application, result, now: serverNow() })
  return (
    <Link
      to="/apply/$code"
      params={{ code: campaign.code }}
      className="flex flex-col gap-1 rounded-16 border-2 border-solid-gray-300 p-4"
    >
      <span className="self-start rounded-4 bg-accent-50 px-2 font-bold text-accent-900">
        {w(`standing.${standing}`)}
      </span>
      <span lang="ja" className="text-lg font-bold">
        {campaign.name}
      </span>
      <span lang="ja" className="text-sm text-solid-gray-700">
        {campaign.issuer}
      </span>
      {standing === 'open' && (
        <span>{w('apply.until', { day: deadline(campaign.windows.apply.until) })}</span>
      )}
    </Link>
  )
}
