import { AxeBuilder } from '@axe-core/playwright'
import type { Phone } from './_phone.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What keeps people out of the screen as it is at this moment, by WCAG 2.2 AA; nothing is good. */
export async function barriersOn({ page }: Phone): Promise<readonly string[]> {
  // Where it is on the page already, reading it in again would take longer than looking.
  const isThere: boolean = await page.evaluate("'axe' in self")
  const { violations } = await new AxeBuilder({ page, ...(isThere ? { axeSource: '0' } : {}) })
    .options({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    // Our pages have one frame; without this a second page is opened for every report.
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
  )
}
