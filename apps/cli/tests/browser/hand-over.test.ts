import {
  UNIT_YEN,
  askFor,
  dayOf,
  newResident,
  newShop,
  newTill,
  resultOn,
  showCode,
  spendableYen,
} from './_people.ts'
import { barriersOn } from './_barriers.ts'
import { expect, test } from './_test.ts'

test('a code that is shown without a network is taken by what the camera really sees', async ({
  phone,
}) => {
  const hana = await newResident(phone, { units: 1 })
  await showCode(hana)
  await hana.cutNetwork()
  const shop = await newShop()
  const till = await newTill(phone, { shop })
  await askFor(till, 800)
  await till.camera.sees(await hana.screen('show-offline'))
  const taken = await resultOn(till, 'success')
  expect(taken.text).toContain('800円')
  await till.screen('taken')
  await hana.restoreNetwork()
  const paid = await resultOn(hana, 'success')
  await hana.screen('paid')
  expect(paid.text).toContain('800円')
  expect(paid.words).toBe(taken.words)
  expect(paid.words).toMatch(/^[a-z ]+-[a-z ]+$/i)
  expect(await barriersOn(hana)).toEqual([])
  expect(await dayOf(shop)).toMatchObject({ totalYen: 800, redemptions: 1 })
  expect(await spendableYen(hana)).toBe(UNIT_YEN - 800)
})
