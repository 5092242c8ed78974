import type { Mutant } from './mutant.ts'

const rule = 'packages/domain/src/photo.ts'
const verb = 'apps/settlement/src/photo/photo.ts'

/** Breaks of what a photo of a shop may hold, and of who is shown which. */
export const photoBreaks: readonly Mutant[] = [
  { law: 'L92', file: rule, from: '  part.marker === REMARK ||\n', to: '' },
  { law: 'L92', file: rule, from: 'part.marker >= 0xe0 &&', to: 'part.marker > 0xe1 &&' },
  { law: 'L92', file: rule, from: 'place === 0 && isPlainJfif', to: 'place >= 0 && isPlainJfif' },
  { law: 'L92', file: rule, from: '  until - from === 18 &&\n', to: '' },
  { law: 'L92', file: rule, from: 'pairAt(bytes, from + 16) === 0', to: 'from > 0' },
  { law: 'L92', file: rule, from: ' || parts.at(-1)?.until !== bytes.length', to: '' },
  { law: 'L92', file: rule, from: 'return at === until', to: 'return at >= until' },
  { law: 'L92', file: rule, from: 'side >= sidePxMin && ', to: '' },
  { law: 'L92', file: rule, from: '> photoLimits.scansMax) return null', to: '< 0) return null' },
  { law: 'L92', file: verb, from: "      .where('state', 'in', accepted)\n", to: '' },
  { law: 'L92', file: verb, from: "    .where('shop.state', 'in', accepted)\n", to: '' },
  { law: 'L92', file: verb, from: ".where('shop.photo.jpeg', '<>', photo.jpeg)", to: '' },
  {
    law: 'L92',
    file: verb,
    from: "      .where('photo_id', '=', photoId)\n      .returning",
    to: '      .returning',
  },
  {
    law: 'L92',
    file: verb,
    from: '    if (removed !== undefined) await record(',
    to: '    await record(',
  },
  {
    law: 'L92',
    file: 'apps/settlement/src/notices/notices.ts',
    from: "    .where((is) => is.or([is('shop_id', 'is', null), is('shop_id', '=', shopId)]))\n",
    to: '',
  },
  {
    law: 'L92',
    file: 'apps/settlement/src/notices/notices.ts',
    from: "is('notice.shop_id', '=', shopId)",
    to: "is('notice.shop_id', 'is not', null)",
  },
  {
    law: 'L92',
    file: 'apps/redemption/src/payments/card.ts',
    from: 'photoId: shop.photo_id,',
    to: 'photoId: null,',
  },
]
