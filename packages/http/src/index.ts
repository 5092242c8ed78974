export type { Authenticate, Limits } from './edge.ts'
export { openDoors as openServer } from './doors.ts'
export * from './fields.ts'
export { startIds } from './ids.ts'
export type { Entry, Gate, Passage } from './gate.ts'
export * from './log.ts'
export { createMetrics, type Metrics } from './metrics.ts'
export { type PoolName, measurePool } from './metrics-pool.ts'
export { tillSeconds } from './metrics-requests.ts'
export { openapiOf, operationIdOf, type OpenApi } from './openapi.ts'
export {
  defineProblems,
  generalProblems,
  type Fault,
  type GeneralCode,
  type ProblemDefinition,
  type Problems,
  type Words,
} from './problems.ts'
export * from './moment.ts'
export * from './process.ts'
export * from './refusal.ts'
export * from './reply.ts'
export type { Credentials, Origins } from './request.ts'
export {
  bytes,
  liveEvents,
  route,
  type Access,
  type ActorOf,
  type Bytes,
  type Method,
  type OwnLine,
  type Route,
} from './route.ts'
export { securityHeaders } from './security-headers.ts'
export type { ShedClass, ShedLimits } from './shed.ts'
export { serve, type Running } from './serve.ts'
export { createService, systemPaths, type ReadyChecks, type Service } from './service.ts'
export { readStrictJson, type StrictJson } from './strict-json.ts'
export { onEndAsked, runUntilSignal } from './until-signal.ts'
