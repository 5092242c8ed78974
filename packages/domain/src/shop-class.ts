/** Where a kind of voucher may be spent is said by class of shop; every shop has exactly one. */
export const shopClasses = ['SMALL', 'LARGE', 'MEDICAL', 'TAXI'] as const

export type ShopClass = (typeof shopClasses)[number]

/** What a shop does, as its owner states it and the federation checks it. */
export const shopCategories = [
  'retail',
  'food',
  'restaurant',
  'service',
  'clinic',
  'dental_clinic',
  'dispensing_pharmacy',
  'taxi',
  'other',
] as const

export type ShopCategory = (typeof shopCategories)[number]

/** Whether the shop runs a 大規模小売店舗, is a tenant inside one, or neither. */
export const largeFacilityRoles = ['none', 'operator', 'tenant'] as const

export type LargeFacilityRole = (typeof largeFacilityRoles)[number]

export type ShopFacts = Readonly<{ category: ShopCategory; largeRetailFacility: LargeFacilityRole }>

/** The fact that decided, for the screen on which a clerk checks it. */
export type ShopClassReason =
  | Readonly<{ kind: 'carries_passengers' }>
  | Readonly<{
      kind: 'gives_medical_care'
      category: 'clinic' | 'dental_clinic' | 'dispensing_pharmacy'
    }>
  | Readonly<{ kind: 'large_retail_facility'; role: 'operator' | 'tenant' }>
  | Readonly<{ kind: 'none_of_these' }>

/**
 * Derives a shop's class from its facts; nobody chooses it.
 *
 * What the shop does is asked first: a taxi is TAXI; a clinic, a dentist and a dispensing
 * pharmacy are MEDICAL, inside a department store too. Then where it is: a 大規模小売店舗 and
 * every tenant of one are LARGE, however small the tenant. Every other shop is SMALL.
 */
export function deriveShopClass(facts: ShopFacts): Readonly<{
  shopClass: ShopClass
  reason: ShopClassReason
}> {
  const { category, largeRetailFacility } = facts
  if (category === 'taxi') return { shopClass: 'TAXI', reason: { kind: 'carries_passengers' } }
  if (category === 'clinic' || category === 'dental_clinic' || category === 'dispensing_pharmacy')
    return { shopClass: 'MEDICAL', reason: { kind: 'gives_medical_care', category } }
  if (largeRetailFacility !== 'none') {
    const reason = { kind: 'large_retail_facility', role: largeRetailFacility } as const
    return { shopClass: 'LARGE', reason }
  }
  return { shopClass: 'SMALL', reason: { kind: 'none_of_these' } }
}
