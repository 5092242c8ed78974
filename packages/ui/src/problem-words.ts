import { useQuery } from '@tanstack/react-query'
import type { Dictionaries } from './dictionaries.ts'
import { useUiWords } from './words.ts'

/** One file for each language that the services do not speak themselves. */
const dictionaries: Dictionaries = import.meta.glob('../problem-words/*.json', {
  import: 'default',
})

/**
 * What a service's refusal is called where neither its Japanese nor its English title serves the
 * reader. Fetched with the first refusal that is shown; undefined until it is there.
 */
export function useProblemWords(code: string): string | undefined {
  const { language } = useUiWords()
  const read = dictionaries[`../problem-words/${language}.json`]
  const { data } = useQuery({
    queryKey: ['problem-words', language],
    queryFn: async () => (await read?.()) as Readonly<Record<string, string>>,
    enabled: read !== undefined,
    staleTime: Infinity,
  })
  return data?.[code]
}
