import { AxeBuilder } from '@axe-core/playwright'
import type { Phone } from './_phone.ts'

/** What keeps people out of the screen as it is at this moment, by WCAG 2.2 AA; nothing is good. */
export async function barriersOn({ page }: Phone): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // Our pages have one frame; without this a second page is opened for every report.
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
  )
}
