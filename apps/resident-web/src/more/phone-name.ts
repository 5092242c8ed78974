/** What to call this phone in the list, as far as the browser tells. */
export function phoneName(userAgent: string): string {
  if (/iPhone/.test(userAgent)) return 'iPhone'
  if (/iPad/.test(userAgent)) return 'iPad'
  if (/Android/.test(userAgent)) return 'Android'
  if (/Windows|Macintosh|Linux|CrOS/.test(userAgent)) return 'PC'
  return 'スマホ'
}
