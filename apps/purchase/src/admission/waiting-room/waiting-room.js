// Asks again when the server said to, and changes only the numbers: the page is never loaded anew,
// so that whoever reads it enlarged or by voice stays where they are. Addresses are relative: this
// may stand behind a front door.
const { body } = document

const fill = (slot, text) => {
  for (const place of document.querySelectorAll(`[data-slot='${slot}']`)) place.textContent = text
}

const askIn = (seconds) => setTimeout(ask, Math.max(1, Number(seconds) || 10) * 1000)

const show = ({ state, place, estimatedWaitSeconds }) => {
  body.dataset.state = state === 'open' || state === 'admitted' ? 'ready' : state
  if (state !== 'waiting') return
  fill('place', place.toLocaleString('ja-JP'))
  fill('minutes', String(Math.max(1, Math.ceil(estimatedWaitSeconds / 60))))
}

const goOn = () => {
  fill('said', '順番が来ました。 It is your turn.')
  document.querySelector('.go').focus()
  setTimeout(() => location.replace(body.dataset.to), 3000)
}

async function ask() {
  try {
    const answer = await fetch('admission', { method: 'POST', cache: 'no-store' })
    if (!answer.ok) return askIn(answer.headers.get('retry-after'))
    const stands = await answer.json()
    show(stands)
    return body.dataset.state === 'ready' ? goOn() : askIn(stands.askAgainSeconds)
  } catch {
    return askIn(10)
  }
}

if (body.dataset.state === 'ready') goOn()
else askIn(body.dataset.again)
