import { beginsStep, Button, Field, Notice, playRefusal } from '@minnaken/ui'
import { Scanner } from '@minnaken/ui/scan'
import { type ReactNode, useState } from 'react'
import { useWords } from '../words.ts'
import { type ReadCode, readCode, typedShop } from './read-code.ts'

type NotShop = Exclude<ReadCode, { kind: 'shop' }>

/** The camera, looking for a shop's code; a number for whoever has no camera at hand. */
export function ScanStep({ onShop }: Readonly<{ onShop: (code: string) => void }>) {
  const { w, t } = useWords()
  const [other, setOther] = useState<NotShop | null>(null)
  const read = (text: string) => {
    const found = readCode(text, location.origin)
    if (found.kind === 'shop') onShop(found.code)
    else {
      playRefusal()
      setOther(found)
    }
  }
  return (
    <div className="flex flex-col gap-4">
      <h2 ref={beginsStep} tabIndex={-1} className="text-center font-bold shadow-none outline-none">
        {w('read.aim')}
      </h2>
      <Scanner label={t('read.camera')} onRead={read} />
      {other !== null && <NotAShop found={other} />}
      <TypedNumber onShop={onShop} />
    </div>
  )
}

function NotAShop({ found }: Readonly<{ found: NotShop }>) {
  const { w } = useWords()
  const words = (): ReactNode => {
    switch (found.kind) {
      case 'foreign':
        return found.services.length === 0
          ? w('read.foreign')
          : w('read.foreign_named', { names: found.services.join('・') })
      case 'payment_code':
        return w('read.payment_code')
      case 'other_host':
        return w('read.other_host', { host: found.host })
      case 'mistyped':
        return w('read.mistyped')
      case 'unknown':
        return w('read.unknown')
      default:
        return found satisfies never
    }
  }
  return (
    <Notice isAnswer kind="warning" title={words()}>
      {w('read.look_for')}
    </Notice>
  )
}

function TypedNumber({ onShop }: Readonly<{ onShop: (code: string) => void }>) {
  const { w } = useWords()
  const [text, setText] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const take = () => {
    const code = typedShop(text)
    setIsWrong(code === null)
    if (code !== null) onShop(code)
  }
  return (
    <details className="rounded-12 border border-solid-gray-300 p-3">
      <summary className="min-h-12 cursor-pointer py-2 font-bold">{w('read.by_number')}</summary>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          take()
        }}
      >
        <Field
          label={w('read.number_label')}
          hint={w('read.number_hint')}
          error={isWrong ? w('read.number_wrong') : undefined}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button kind="secondary" type="submit">
          {w('read.number_next')}
        </Button>
      </form>
    </details>
  )
}
