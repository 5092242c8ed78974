/** What a browser keeps between visits; one that keeps nothing (private mode) is no fault. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(`minnaken.${key}`)
  } catch {
    return null
  }
}

export function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`minnaken.${key}`)
    else localStorage.setItem(`minnaken.${key}`, value)
  } catch {
    // The next visit begins as the first one did.
  }
}
