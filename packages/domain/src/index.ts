export * from './actor.ts'
export * from './assert.ts'
export * from './time.ts'
export * from './yen.ts'
