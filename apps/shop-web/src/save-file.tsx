import { Button, type ButtonKind, type Failure, FailureNotice, call } from '@minnaken/ui'
import { type ReactNode, useState } from 'react'

/** Hands a file to the person: to keep, to print, or to open in a spreadsheet. */
function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Fetches a file that a service makes, and hands it over under a name. */
export function SaveFile({
  path,
  name,
  token,
  kind = 'secondary',
  children,
}: Readonly<{
  path: string
  name: string
  token?: string | undefined
  kind?: ButtonKind
  children: ReactNode
}>) {
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const fetchFile = async () => {
    setIsBusy(true)
    const answer = await call<Blob>({ path, ...(token === undefined ? {} : { token }) })
    setIsBusy(false)
    setFailure(answer.kind === 'answered' ? undefined : answer)
    if (answer.kind === 'answered') save(name, answer.value)
  }
  return (
    <>
      {failure !== undefined && <FailureNotice failure={failure} />}
      <Button isWide kind={kind} isBusy={isBusy} onClick={() => void fetchFile()}>
        {children}
      </Button>
    </>
  )
}
