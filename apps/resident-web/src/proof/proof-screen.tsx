import type { drawReply } from '@minnaken/purchase/contract'
import {
  ask,
  Button,
  failureOf,
  Notice,
  type Reply,
  Screen,
  useFormat,
  Waiting,
} from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type DrawResult, resultAnswer } from '../answers.ts'
import { Asked, Failed } from '../asked.tsx'
import { useWords } from '../words.ts'
import type { Checked } from './verify.ts'

type Draw = Reply<typeof drawReply>

/** How the draw came to its result, and the proof, computed anew on this phone. */
export function ProofScreen() {
  const { w } = useWords()
  const { code = '' } = useParams({ strict: false })
  const result = useQuery(resultAnswer(code))
  const draw = useQuery({
    queryKey: ['draw', code],
    queryFn: ({ signal }) => ask<Draw>({ path: `/v1/campaigns/${code}/draw`, signal }),
  })
  return (
    <Screen title={w('proof.title')}>
      <Asked query={result}>
        {(mine) => (
          <>
            {mine !== null && <Steps result={mine} />}
            <Asked query={draw}>
              {(value) =>
                value.publishedAt === null ? (
                  <p>{w('proof.not_yet')}</p>
                ) : (
                  <Check code={code} draw={value} result={mine} />
                )
              }
            </Asked>
          </>
        )}
      </Asked>
    </Screen>
  )
}

function Steps({ result }: Readonly<{ result: DrawResult }>) {
  const { w } = useWords()
  const f = useFormat()
  const { level, remainder, candidates, rank, base, effective, household } = result.explanation
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-lg font-bold">{w('proof.mine')}</h2>
      <ol className="flex list-decimal flex-col gap-2 pl-6">
        <li>{w('proof.wanted', { wanted: result.unitsWanted, effective })}</li>
        <li>{w('proof.level', { level: f.number(level), base })}</li>
        {rank === null ? (
          <li>{w('proof.no_draw')}</li>
        ) : (
          <li>
            {w('proof.place', {
              remainder: f.number(remainder),
              candidates: f.number(candidates),
              rank: f.number(rank),
            })}
          </li>
        )}
        {household !== null && (
          <li>{w('proof.household', { members: household.members, units: household.units })}</li>
        )}
        <li className="font-bold">{w('proof.units', { count: result.unitsWon })}</li>
      </ol>
      <details>
        <summary className="min-h-12 cursor-pointer py-2">{w('proof.numbers')}</summary>
        <dl className="flex flex-col gap-1 text-sm">
          <dt>{w('proof.message')}</dt>
          <dd className="font-mono break-all">{result.explanation.message}</dd>
          <dt>{w('proof.score')}</dt>
          <dd className="font-mono break-all">{result.explanation.score}</dd>
        </dl>
      </details>
    </section>
  )
}

function Check({
  code,
  draw,
  result,
}: Readonly<{ code: string; draw: Draw; result: DrawResult | null }>) {
  const { w } = useWords()
  const [isAsked, setIsAsked] = useState(false)
  const checked = useQuery({
    queryKey: ['checked', code],
    queryFn: ({ signal }) => check({ code, draw, result, signal }),
    enabled: isAsked,
    staleTime: Infinity,
  })
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg font-bold">{w('proof.check')}</h2>
      <p>{w('proof.check_text')}</p>
      {checked.data === undefined && (
        <Button isWide isBusy={checked.isFetching} onClick={() => setIsAsked(true)}>
          {w('proof.check_button')}
        </Button>
      )}
      {checked.isFetching && <Waiting words={w('proof.checking')} />}
      {checked.error !== null && (
        <Failed failure={failureOf(checked.error)} onRetry={() => void checked.refetch()} />
      )}
      {checked.data !== undefined && <Outcome checked={checked.data} />}
      <a href={`/api/v1/campaigns/${code}/draw/publication`} download className="p-3 underline">
        {w('proof.download')}
      </a>
    </section>
  )
}

async function check({
  code,
  draw,
  result,
  signal,
}: Readonly<{
  code: string
  draw: Draw
  result: DrawResult | null
  signal: AbortSignal
}>): Promise<Checked> {
  const path = `/v1/campaigns/${code}/draw/publication`
  const file = await ask<unknown>({ path, signal })
  const told =
    result === null
      ? null
      : {
          id: result.explanation.id,
          message: result.explanation.message,
          units: result.unitsWon,
          score: result.explanation.score,
        }
  const worker = new Worker(new URL('verify-worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<Checked>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Checked>) => resolve(data))
      worker.addEventListener('error', () => reject(new Error('the draw could not be checked')))
      worker.postMessage({ file, promised: draw, told }, [])
    })
  } finally {
    worker.terminate()
  }
}

function Outcome({ checked }: Readonly<{ checked: Checked }>) {
  const { w } = useWords()
  const f = useFormat()
  switch (checked.kind) {
    case 'same':
      return (
        <Notice kind="success" title={w('proof.same')}>
          <p>
            {w('proof.same_text', {
              applicants: f.number(checked.applicants),
              units: f.number(checked.units),
            })}
          </p>
          {checked.mine !== null && <p>{w('proof.same_mine', { count: checked.mine.units })}</p>}
        </Notice>
      )
    case 'different':
      return (
        <Notice kind="error" title={w('proof.different')}>
          {w('proof.different_text', { path: checked.path })}
        </Notice>
      )
    case 'unreadable':
      return <Notice kind="error" title={w('proof.unreadable')} />
    default:
      return checked satisfies never
  }
}
