import { Button } from '@minnaken/ui'
import { useNavigate } from '@tanstack/react-router'
import { practise, usePractice } from '../practice/practice.ts'
import { useWords } from '../words.ts'

/** Staff learn on their own till, without a customer and without money. */
export function Practice({ isTill }: Readonly<{ isTill: boolean }>) {
  const { w } = useWords()
  const navigate = useNavigate()
  const isOn = usePractice()
  if (!isTill) return null
  const begin = () => {
    practise(true)
    void navigate({ to: '/' })
  }
  return (
    <section className="flex flex-col gap-3 rounded-12 border border-solid-gray-300 p-4">
      <h2 className="text-xl font-bold">{w('practice.title')}</h2>
      <p>{w('practice.text')}</p>
      {isOn ? (
        <Button kind="secondary" onClick={() => practise(false)}>
          {w('practice.stop')}
        </Button>
      ) : (
        <Button kind="secondary" onClick={begin}>
          {w('practice.begin')}
        </Button>
      )}
    </section>
  )
}
