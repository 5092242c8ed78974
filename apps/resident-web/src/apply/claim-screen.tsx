import type { claimBody } from '@minnaken/purchase/contract'
import { type Body, Button, call, type Failure, Field, queries, Screen } from '@minnaken/ui'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Receipt } from '../answers.ts'
import { useWords } from '../words.ts'
import { SaleFailure } from '../line/sale-failure.tsx'

/** Whoever applied by postcard takes the application over, by the code that came by post. */
export function ClaimScreen() {
  const { w } = useWords()
  const navigate = useNavigate()
  const { code: campaign = '' } = useParams({ strict: false })
  const [applicationNo, setApplicationNo] = useState('')
  const [claimCode, setClaimCode] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const claim = async () => {
    setIsChecked(true)
    setFailure(null)
    if (applicationNo.trim() === '' || claimCode.trim() === '' || isBusy) return
    setIsBusy(true)
    const body: Body<typeof claimBody> = {
      campaign,
      applicationNo: applicationNo.trim(),
      claimCode: claimCode.trim(),
    }
    const path = '/v1/applications/claims'
    const answer = await call<Receipt>({ method: 'POST', path, body })
    setIsBusy(false)
    if (answer.kind !== 'answered') return setFailure(answer)
    await queries.invalidateQueries({ queryKey: ['application', campaign] })
    await navigate({ to: '/apply/$code', params: { code: campaign } })
    return undefined
  }
  return (
    <Screen title={w('claim.title')}>
      <p>{w('claim.text')}</p>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void claim()
        }}
      >
        <Field
          label={w('receipt.number')}
          autoComplete="off"
          value={applicationNo}
          error={isChecked && applicationNo.trim() === '' ? w('claim.number_needed') : undefined}
          onChange={(event) => setApplicationNo(event.target.value)}
        />
        <Field
          label={w('claim.code')}
          autoComplete="off"
          value={claimCode}
          error={isChecked && claimCode.trim() === '' ? w('claim.code_needed') : undefined}
          onChange={(event) => setClaimCode(event.target.value)}
        />
        {failure !== null && <SaleFailure failure={failure} onRetry={() => void claim()} />}
        <Button isWide type="submit" isBusy={isBusy}>
          {w('claim.button')}
        </Button>
      </form>
    </Screen>
  )
}
