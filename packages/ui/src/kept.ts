/** What a browser keeps that is no text, such as a key that it does not hand out. */
const DATABASE = 'minnaken'
const STORE = 'kept'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE))
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(opening.error ?? new Error('no database')))
    opening.addEventListener('blocked', () => reject(new Error('the database is blocked')))
  })
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = work(transaction.objectStore(STORE))
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
    })
  } finally {
    database.close()
  }
}

/** What is kept under a name, or undefined. Throws where the browser keeps nothing. */
export const readKept = (name: string): Promise<unknown> =>
  within('readonly', (store) => store.get(name))

export const keep = (name: string, value: unknown): Promise<unknown> =>
  within('readwrite', (store) => store.put(value, name))

export const forget = (name: string): Promise<unknown> =>
  within('readwrite', (store) => store.delete(name))
