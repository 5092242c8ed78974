/**
 * The campaign of the invented ward みらい区, in the form of its file: applied for in December 2026,
 * spent from February to July 2027. For the demo and for tests; a fresh value each time.
 */
export const sampleCampaign = () => ({
  id: 'MIRAI2027',
  name: 'みらい区プレミアム付き共通商品券',
  issuer: 'みらい区商店街振興組合連合会',
  currency: 'JPY',
  kinds: [
    {
      code: 'COMMON',
      label: '共通券',
      priceYen: 5000,
      faceYen: 6000,
      acceptedBy: ['SMALL', 'LARGE', 'MEDICAL', 'TAXI'],
    },
    { code: 'LIMITED', label: '限定券', priceYen: 5000, faceYen: 6500, acceptedBy: ['SMALL'] },
  ],
  unit: { priceYen: 10000, faceYen: 12500, parts: ['COMMON', 'LIMITED'] },
  stock: { units: 48000 },
  eligibility: { groups: ['RESIDENT', 'WORKER'], minAge: 0 },
  allocation: { algorithm: 'maxmin-v1', groups: 'together' },
  caps: { perPersonUnits: 5, secondSalePerPerson: 2 },
  windows: {
    apply: ['2026-12-01T10:00:00+09:00', '2026-12-18T00:00:00+09:00'],
    draw: '2027-01-12T10:00:00+09:00',
    results: '2027-01-20T10:00:00+09:00',
    pay: ['2027-02-01T10:00:00+09:00', '2027-02-15T00:00:00+09:00'],
    secondSale: ['2027-02-22T10:00:00+09:00', '2027-03-01T00:00:00+09:00'],
    use: ['2027-02-01T00:00:00+09:00', '2027-08-01T00:00:00+09:00'],
  },
  issueDate: '2027-02-01',
  expiresExclusive: '2027-08-01T00:00:00+09:00',
  spending: { minYen: 1, perCodeYenMax: 50000, change: false, partial: true },
  settlement: {
    rule: 'A',
    roll: 'previous',
    closings: ['15', 'EOM'],
    minimumYen: 0,
    transferFee: 'FEDERATION',
    shopFeeBps: 0,
  },
  premium: { funder: 'WARD', claim: 'MONTHLY_CUMULATIVE' },
})
