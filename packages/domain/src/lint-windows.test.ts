import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { changed, findingsOf, jst, type Places } from '../tests/_campaign.ts'
import { addDays, addMonths } from './index.ts'

const cases: [fact: string, places: Places, findings: string[]][] = [
  [
    'a voucher valid one second over six months',
    {
      'windows.use[1]': jst('2027-08-01', '00:00:01'),
      expiresExclusive: jst('2027-08-01', '00:00:01'),
    },
    [
      'error validity_over_six_months windows.use[1]',
      'error validity_over_six_months expiresExclusive',
      'warning expiry_not_midnight expiresExclusive',
    ],
  ],
  [
    'six months are counted from the first sale where that is before the issue date',
    { 'windows.pay[0]': jst('2027-01-31', '10:00:00') },
    [
      'error validity_over_six_months windows.use[1]',
      'error validity_over_six_months expiresExclusive',
      'warning issue_date_differs issueDate',
    ],
  ],
  [
    'spending goes on after the end of validity',
    { 'windows.use[1]': jst('2027-07-31'), expiresExclusive: jst('2027-07-30') },
    ['error use_end_differs windows.use[1]'],
  ],
  [
    'the draw is held while people still apply',
    { 'windows.draw': jst('2026-12-17', '23:59:59') },
    ['error windows_order windows.draw'],
  ],
  [
    'the results come before the draw',
    { 'windows.results': jst('2027-01-12', '09:59:59') },
    ['error windows_order windows.results'],
  ],
  [
    'people pay before the results',
    { 'windows.results': jst('2027-02-01', '10:00:01') },
    ['error windows_order windows.pay[0]'],
  ],
  [
    'the second sale starts while winners still pay',
    { 'windows.secondSale[0]': jst('2027-02-14') },
    ['error windows_order windows.secondSale[0]'],
  ],
  [
    'the second sale starts before unpaid wins are back',
    { 'windows.secondSale[0]': jst('2027-02-16', '23:59:59') },
    ['warning second_sale_before_release windows.secondSale[0]'],
  ],
  [
    'units are sold after their end',
    { 'windows.secondSale[1]': jst('2027-08-01', '00:00:01') },
    ['error windows_order windows.use[1]'],
  ],
  [
    'wins are paid until the day before the end',
    { 'windows.pay[1]': jst('2027-07-31'), 'windows.secondSale': undefined },
    [
      'error windows_order windows.use[1]',
      'error second_sale_without_window caps.secondSalePerPerson',
    ],
  ],
  [
    'vouchers are spent before they are issued',
    { 'windows.use[0]': jst('2027-01-31') },
    ['error windows_order windows.use[0]'],
  ],
  [
    'a window that ends as it starts',
    { 'windows.apply[1]': jst('2026-12-01', '10:00:00') },
    ['error window_empty windows.apply[1]'],
  ],
  [
    'a second sale that ends before it starts',
    { 'windows.secondSale[1]': jst('2027-02-20') },
    ['error window_empty windows.secondSale[1]'],
  ],
]

test.each(cases)('found: %s', (_fact, places, findings) => {
  expect(findingsOf(changed(places))).toEqual(findings)
})

test('validity ends six months after the issue date at the latest, whatever the month', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: -3, max: 3 }),
      (from, more) => {
        const issued = addDays('2026-01-01', from)
        const end = jst(addDays(addMonths(issued, 6), more))
        const findings = findingsOf(
          changed({
            issueDate: issued,
            'windows.pay': [jst(issued, '10:00:00'), jst(addDays(issued, 14))],
            'windows.secondSale': undefined,
            'windows.use': [jst(issued), end],
            expiresExclusive: end,
          }),
        )
        const refused = findings.includes('error validity_over_six_months expiresExclusive')
        expect(refused).toBe(more > 0)
      },
    ),
    { numRuns: 300 },
  )
})
