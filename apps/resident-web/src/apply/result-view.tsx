import { buttonLook } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import type { DrawResult } from '../answers.ts'
import { useWords } from '../words.ts'

/** 「3口 当選しました」, why in a sentence, and the way to its proof. */
export function ResultView({ result }: Readonly<{ result: DrawResult }>) {
  const { w } = useWords()
  const { unitsWon, campaign } = result
  const hasWon = unitsWon > 0
  return (
    <section
      data-units-won={unitsWon}
      className={`flex flex-col gap-3 rounded-16 border-2 p-4 ${hasWon ? 'border-green-800 bg-green-50' : 'border-solid-gray-600 bg-solid-gray-50'}`}
    >
      <h2 className="text-2xl font-bold">
        {hasWon ? w('result.won', { count: unitsWon }) : w('result.lost')}
      </h2>
      <p>
        <Why result={result} />
      </p>
      <Link to="/apply/$code/proof" params={{ code: campaign }} className={buttonLook('secondary')}>
        {w('result.how')}
      </Link>
    </section>
  )
}

/** The reason in one sentence. */
function Why({ result }: Readonly<{ result: DrawResult }>) {
  const { w } = useWords()
  const { unitsWanted: wanted, unitsWon: count, explanation } = result
  const { level, rank, candidates, remainder, effective, household } = explanation
  if (household !== null)
    return w('result.household', {
      wanted,
      count,
      members: household.members,
      all: household.units,
    })
  if (count === wanted) return w('result.as_wished', { wanted })
  if (count === effective) return w('result.capped', { wanted, count })
  if (rank === null) return w('result.level', { wanted, level })
  return explanation.won
    ? w('result.drawn', { wanted, level, remainder, candidates, rank })
    : w('result.not_drawn', { wanted, level, remainder, candidates, rank })
}
