export * from './client.js';
export { DataDirLockedError, dataDirHolder } from './data-dir-lock.js';
export { DatabaseUnavailableError } from './database-unavailable.js';
export { type EnqueueKind, enqueueJobs, type NewJob } from './enqueue-jobs.js';
export type { DatabaseObserver, PoolState } from './measure.js';
export type { NotificationListener } from './notification-listener.js';
export * as schema from './schema.js';
export { demoAccounts, seedDemo } from './seed/seed.js';
