import { expect, test } from 'vitest'
import { deriveShopClass, largeFacilityRoles, shopCategories, shopClasses } from './index.ts'

test.each([
  ['a fishmonger in the street', 'food', 'none', 'SMALL', 'none_of_these'],
  ['a department store', 'retail', 'operator', 'LARGE', 'large_retail_facility'],
  ['a small florist inside it', 'retail', 'tenant', 'LARGE', 'large_retail_facility'],
  ['a restaurant inside it', 'restaurant', 'tenant', 'LARGE', 'large_retail_facility'],
  ['a clinic', 'clinic', 'none', 'MEDICAL', 'gives_medical_care'],
  [
    'a dentist inside a department store',
    'dental_clinic',
    'tenant',
    'MEDICAL',
    'gives_medical_care',
  ],
  ['a dispensing pharmacy', 'dispensing_pharmacy', 'none', 'MEDICAL', 'gives_medical_care'],
  ['a taxi company', 'taxi', 'none', 'TAXI', 'carries_passengers'],
] as const)('%s', (_who, category, largeRetailFacility, shopClass, reason) => {
  expect(deriveShopClass({ category, largeRetailFacility })).toMatchObject({
    shopClass,
    reason: { kind: reason },
  })
})

test('the reason carries the fact that decided', () => {
  expect(deriveShopClass({ category: 'clinic', largeRetailFacility: 'tenant' }).reason).toEqual({
    kind: 'gives_medical_care',
    category: 'clinic',
  })
  expect(deriveShopClass({ category: 'other', largeRetailFacility: 'tenant' }).reason).toEqual({
    kind: 'large_retail_facility',
    role: 'tenant',
  })
})

test('a shop that is neither large nor a clinic nor a taxi is small, and each class occurs', () => {
  const found = new Set<string>()
  for (const category of shopCategories)
    for (const largeRetailFacility of largeFacilityRoles) {
      const { shopClass, reason } = deriveShopClass({ category, largeRetailFacility })
      found.add(shopClass)
      expect(shopClass === 'SMALL').toBe(reason.kind === 'none_of_these')
      expect(shopClass === 'SMALL' && largeRetailFacility !== 'none').toBe(false)
    }
  expect([...found].toSorted()).toEqual([...shopClasses].toSorted())
})
