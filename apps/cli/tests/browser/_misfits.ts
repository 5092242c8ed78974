import type { Phone } from './_phone.ts'

/** Who has unsteady fingers needs this much; WCAG 2.2 AA would take 24. */
const TARGET_PX = 44

/** What does not fit on the screen as it is at this moment; nothing is good. */
export const misfitsOn = ({ page }: Phone): Promise<readonly string[]> =>
  page.locator('html').evaluate(
    (html, { targetPx, innerWidth }) => {
      const faults: string[] = []
      const name = (it: typeof html) =>
        `<${it.localName}> ${(it.innerText || it.getAttribute('aria-label') || it.id).trim().slice(0, 40)}`
      const isSeen = (it: typeof html) =>
        it.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        it.closest('.sr-only') === null
      const seen = (selector: string) => [...html.querySelectorAll(selector)].filter(isSeen)

      if (html.scrollWidth > innerWidth) faults.push(`scrolls sideways: ${html.scrollWidth} px`)
      for (const it of seen('main *, nav *, dialog *')) {
        const { left, right, width } = it.getBoundingClientRect()
        // What is in a row that one can push may be beyond its end.
        const isPushed = it.closest('.overflow-x-auto') !== null
        if (width > 0 && !isPushed && (left < -1 || right > innerWidth + 1))
          faults.push(`beyond the edge: ${name(it)}`)
      }
      const { getComputedStyle } = html.ownerDocument.defaultView
      const isCut = (it: typeof html) =>
        it.scrollWidth > it.clientWidth + 1 ||
        (getComputedStyle(it).overflowY !== 'visible' && it.scrollHeight > it.clientHeight + 1)
      for (const it of seen('button, a, nav a > *, h1, h2, summary, label, select'))
        if (it.clientWidth > 0 && isCut(it) && it.localName !== 'select')
          faults.push(`its words are cut: ${name(it)}`)

      /** A link among words is as high as its line. */
      const isAmongWords = (it: typeof html) =>
        it.localName === 'a' && getComputedStyle(it).display === 'inline'
      for (const it of seen('button, a[href], summary, select, textarea, input')) {
        if (isAmongWords(it)) continue
        // A box or a circle is pressed by its words too.
        const area = it.localName === 'input' ? (it.closest('label') ?? it) : it
        const { width, height } = area.getBoundingClientRect()
        if (Math.min(width, height) < targetPx)
          faults.push(`hard to hit (${Math.round(width)} x ${Math.round(height)} px): ${name(it)}`)
      }
      return faults
      // A phone makes its window as wide as what does not fit.
    },
    { targetPx: TARGET_PX, innerWidth: page.viewportSize()?.width ?? 0 },
  )

/**
 * Japanese that a reader of another language meets without being told that it is, and readings that
 * stand behind their kanji because nobody put them above. Chinese is written with kanji too: there
 * only kana tell.
 */
export const oddWordsOn = ({ page }: Phone): Promise<readonly string[]> =>
  page.locator('body').evaluate((body) => {
    const document = body.ownerDocument
    const isReading = /\p{Script=Han}\([\u3041-\u3096]+\)/u
    const isKana = /[\u3041-\u30fa]/u
    const isKanji = /\p{Script=Han}/u
    const found: string[] = []
    const texts = document.createTreeWalker(body, 4)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const place = text.parentElement
      if (!place.checkVisibility()) continue
      if (isReading.test(text.data)) found.push(`its readings are in the line: ${text.data}`)
      const { lang } = place.closest('[lang]')
      // What somebody typed may be in any language, and says so.
      const isSaid = lang === 'ja' || lang === '' || (lang === 'zh-Hans' && !isKana.test(text.data))
      if (!isSaid && (isKana.test(text.data) || isKanji.test(text.data)))
        found.push(`nobody says that it is Japanese: ${text.data}`)
    }
    return found
  })
