import { readStored, store } from '@minnaken/ui'

/** Whether the amount is said aloud: it is, until somebody turns it off on this device. */
export const isVoiceOn = (): boolean => readStored('voice') !== 'off'

export const chooseVoice = (on: boolean): void => store('voice', on ? null : 'off')
