import { RubyText, useFormat } from '@minnaken/ui'
import type { Receipt } from '../answers.ts'
import { useWords } from '../words.ts'

/** The proof of an application: its number, and the fingerprint of what was applied for. */
export function ReceiptView({ receipt }: Readonly<{ receipt: Receipt }>) {
  const { w } = useWords()
  const f = useFormat()
  const isActive = receipt.state === 'active'
  return (
    <section className="flex flex-col gap-2 rounded-16 border-2 border-solid-gray-300 p-4">
      <h2 className="text-lg font-bold">
        {isActive ? w('receipt.title') : w('receipt.withdrawn')}
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt>{w('receipt.number')}</dt>
        <dd data-application-no={receipt.applicationNo} className="font-bold">
          {receipt.applicationNo}
        </dd>
        {isActive && (
          <>
            <dt>{w('receipt.units')}</dt>
            <dd className="font-bold">{w('units.count', { count: receipt.units })}</dd>
          </>
        )}
        <dt>{w('receipt.at')}</dt>
        <dd>
          <RubyText text={f.dayAndTime(receipt.changedAt)} />
        </dd>
      </dl>
      <details>
        <summary className="min-h-12 cursor-pointer py-2">{w('receipt.digest')}</summary>
        <p className="font-mono text-sm break-all">{receipt.digest}</p>
        <p className="text-sm">{w('receipt.digest_text')}</p>
      </details>
    </section>
  )
}
