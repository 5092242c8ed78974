import {
  ask,
  Button,
  type Device,
  type Failure,
  Keypad,
  playRefusal,
  type Problem,
} from '@minnaken/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Asked, Failed } from '../asked.tsx'
import { useWords } from '../words.ts'
import { type Preview, previewPayment } from './preview.ts'
import { RefusalView } from './refusal-view.tsx'
import { type ShopCard, ShopCardView } from './shop-card.tsx'

const YEN_MAX = 9_999_999

type Props = Readonly<{
  device: Device
  code: string
  startYen: number
  onBack: () => void
  onPreview: (shop: ShopCard, preview: Preview) => void
}>

/** Whose code it is, and how much. */
export function AmountStep(props: Props) {
  const { w } = useWords()
  const { code, onBack } = props
  const card = useQuery({
    queryKey: ['shop-code', code],
    queryFn: ({ signal }) => ask<ShopCard>({ path: `/v1/shop-codes/${code}`, signal }),
  })
  return (
    <div className="flex flex-col gap-4">
      <Asked query={card}>
        {(shop) => (
          <>
            <ShopCardView shop={shop} />
            {shop.isTaking && <AmountForm {...props} shop={shop} />}
          </>
        )}
      </Asked>
      <Button kind="quiet" onClick={onBack}>
        {w('amount.other_shop')}
      </Button>
    </div>
  )
}

function AmountForm({ device, shop, startYen, onPreview }: Props & Readonly<{ shop: ShopCard }>) {
  const { w } = useWords()
  const [yen, setYen] = useState(startYen)
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<Readonly<{ problem: Problem; yen: number }> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const next = async (amountYen: number) => {
    if (amountYen === 0 || isBusy) return
    setYen(amountYen)
    setProblem(null)
    setFailure(null)
    setIsBusy(true)
    const { deviceId } = device
    const answer = await previewPayment({ deviceId, shopNo: shop.shopNo, amountYen })
    setIsBusy(false)
    if (answer.kind === 'answered') return onPreview(shop, answer.value)
    playRefusal()
    if (answer.kind === 'refused') setProblem({ problem: answer.problem, yen: amountYen })
    else setFailure(answer)
    return undefined
  }
  return (
    <>
      {problem !== null && (
        <RefusalView
          problem={problem.problem}
          yen={problem.yen}
          onWorks={(worksYen) => void next(worksYen)}
        />
      )}
      {failure !== null && <Failed failure={failure} onRetry={() => void next(yen)} />}
      <Keypad
        yen={yen}
        max={YEN_MAX}
        label={w('amount.label')}
        onChange={(typed) => {
          setYen(typed)
          setProblem(null)
        }}
        onDone={() => void next(yen)}
      />
      <Button isWide isBusy={isBusy} disabled={yen === 0} onClick={() => void next(yen)}>
        {w('amount.next')}
      </Button>
    </>
  )
}
