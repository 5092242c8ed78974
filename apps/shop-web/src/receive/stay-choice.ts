import { readStored, store } from '@minnaken/ui'

/** Whether a result stays until it is touched: it goes on by itself, until somebody says so here. */
export const doesStay = (): boolean => readStored('result') === 'stays'

export const chooseStay = (on: boolean): void => store('result', on ? 'stays' : null)
