import { Amount, Button, RubyText, serverNow, useFormat } from '@minnaken/ui'
import { Fragment, type ReactNode } from 'react'
import { KindName } from '../kind-name.tsx'
import { useWords } from '../words.ts'
import type { Line } from './lines.ts'

/** Opens the browser's own printing, which saves a PDF as well. */
export function PrintButton() {
  const { w } = useWords()
  return (
    <Button kind="secondary" onClick={() => print()}>
      {w('print.do')}
    </Button>
  )
}

/**
 * What comes out on paper in place of the screen: one page with everything that a receipt needs.
 * Nobody sees it on the screen.
 */
export function Paper({
  title,
  yen,
  facts,
  lines,
  linesTitle,
  by,
}: Readonly<{
  title: ReactNode
  yen: number
  facts: readonly Readonly<{ id: string; name: ReactNode; value: ReactNode }>[]
  lines: readonly Line[]
  linesTitle: ReactNode
  /** Who gives it out. */
  by: ReactNode
}>) {
  const { w } = useWords()
  return (
    <section data-paper className="hidden bg-white text-black print:block">
      <p className="text-2xl font-bold">{title}</p>
      <p className="my-6 border-y-2 border-black py-3 text-center text-4xl font-bold">
        <Amount yen={yen} />
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {facts.map(({ id, name, value }) => (
          <Fragment key={id}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="mt-6 font-bold">{linesTitle}</p>
      <ul className="border-t border-black">
        {lines.map((line) => (
          <li
            key={JSON.stringify(line)}
            className={`flex justify-between gap-4 border-b border-black py-1 ${line.kind === 'part' ? '' : 'font-bold'}`}
          >
            <span>
              <LineName line={line} />
            </span>
            <span>
              {line.kind === 'back' && '−'}
              <Amount yen={line.yen} />
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-8 text-right">{by}</p>
      <p className="text-right text-sm">
        {w('print.at')} <Moment at={serverNow()} />
      </p>
    </section>
  )
}

function LineName({ line }: Readonly<{ line: Line }>) {
  const { w } = useWords()
  if (line.kind === 'part') return <KindName kind={line.voucher} label={line.label} />
  if (line.kind === 'back')
    return (
      <>
        {w('print.back')} <Moment at={line.at} />
      </>
    )
  return line.kind === 'total' ? w('print.total') : w('print.left')
}

/** A moment with its year: what is on paper is looked at years later. */
export function Moment({ at }: Readonly<{ at: string | number }>) {
  const f = useFormat()
  return <RubyText text={`${f.date(at)} ${f.time(at)}`} />
}
