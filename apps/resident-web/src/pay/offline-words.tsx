import { type TwoWords, twoWords } from '@minnaken/qr'
import { Button, type Device, Dialog, serverNow, TwoWordsView, useFormat } from '@minnaken/ui'
import { useState } from 'react'
import { useWords } from '../words.ts'
import { bytesOf } from './code-time.ts'
import { maybeTaken } from './shown-of-late.ts'

type Pair = Readonly<{ nonce: string; issuedAt: number; words: TwoWords }>

/**
 * Where nothing is heard the shop's screen is the one that knows; this phone knows the words of each
 * code that it may have taken.
 */
export function OfflineWords({ device: { deviceId } }: Readonly<{ device: Device }>) {
  const { w } = useWords()
  const f = useFormat()
  const [pairs, setPairs] = useState<readonly Pair[] | null>(null)
  const show = async () => {
    const codes = maybeTaken({ deviceId, now: serverNow() })
    setPairs(
      await Promise.all(
        codes.map(async ({ nonce, issuedAt }) => ({
          nonce,
          issuedAt,
          words: await twoWords(bytesOf(nonce)),
        })),
      ),
    )
  }
  return (
    <>
      <Button kind="quiet" onClick={() => void show()}>
        {w('show.offline_words')}
      </Button>
      <Dialog
        title={w('show.offline_words_title')}
        isOpen={pairs !== null}
        onClose={() => setPairs(null)}
      >
        <p>{w('show.offline_words_text')}</p>
        <ul className="flex flex-col gap-4">
          {pairs?.map(({ nonce, issuedAt, words }) => (
            <li key={nonce}>
              <TwoWordsView
                words={words}
                note={w('show.offline_words_at', { time: f.timeWithSeconds(issuedAt) })}
              />
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  )
}
