export * from './assert.ts'
export * from './time.ts'
export * from './yen.ts'
