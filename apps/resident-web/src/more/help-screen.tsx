import { Screen } from '@minnaken/ui'
import { Link } from '@tanstack/react-router'
import { useWords } from '../words.ts'

const questions = [
  'not_read',
  'not_enough',
  'twice',
  'wrong_amount',
  'offline',
  'new_phone',
] as const

/** What goes wrong most often, each with what to do; and where to ask. */
export function HelpScreen() {
  const { w } = useWords()
  return (
    <Screen title={w('more.help')}>
      <div className="flex flex-col gap-2">
        {questions.map((each) => (
          <details key={each} className="rounded-12 border border-solid-gray-300 px-4">
            <summary className="min-h-12 cursor-pointer py-3 font-bold">
              {w(`help.${each}.question`)}
            </summary>
            <p className="pb-4">{w(`help.${each}.answer`)}</p>
          </details>
        ))}
      </div>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-bold">{w('help.office')}</h2>
        <p>{w('help.office_text')}</p>
      </section>
      <Link to="/more/lost" className="inline-flex min-h-12 items-center underline">
        {w('device.lost_button')}
      </Link>
    </Screen>
  )
}
