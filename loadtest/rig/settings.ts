import type { ServerSettings } from '@minnaken/db'

/**
 * PostgreSQL as a federation's production would have it on this size of machine. Nothing that is
 * acknowledged may be lost: these settings are never relaxed for a better number.
 */
export const productionSettings: ServerSettings = {
  // What was acknowledged is on disk. `off` would be about twice as fast and lose payments.
  fsync: true,
  synchronous_commit: true,
  full_page_writes: true,
  wal_level: 'replica',

  // A quarter of the memory of a small server; the machine's own cache holds the rest.
  shared_buffers: '1GB',
  effective_cache_size: '3GB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_connections: 200,

  // A checkpoint makes every page be written whole once more, so they are rare and spread out.
  max_wal_size: '8GB',
  min_wal_size: '1GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: 0.9,
  // Whole pages are most of the log after a checkpoint; this costs some CPU and saves the disk.
  // (`lz4` is cheaper where PostgreSQL was built with it; the embedded one was not.)
  wal_compression: 'pglz',
  wal_buffers: '16MB',

  // Lots are updated all day: clean up early and in small pieces, and keep the statistics true.
  autovacuum: true,
  autovacuum_naptime: '15s',
  autovacuum_vacuum_scale_factor: 0.02,
  autovacuum_vacuum_insert_scale_factor: 0.05,
  autovacuum_analyze_scale_factor: 0.02,
  autovacuum_vacuum_cost_limit: 2000,

  // Solid-state disks.
  random_page_cost: 1.1,
  effective_io_concurrency: 200,

  // Statements of milliseconds: compiling them costs more than it gives.
  jit: false,
  track_io_timing: false,
  log_checkpoints: true,
  log_lock_waits: true,
}

/** What `--explain` adds. It costs some CPU, so its numbers are not for RESULTS.md. */
export const explainSettings: ServerSettings = {
  shared_preload_libraries: 'pg_stat_statements,auto_explain',
  'pg_stat_statements.track': 'all',
  'pg_stat_statements.track_planning': true,
  'auto_explain.log_min_duration': '5ms',
  'auto_explain.log_analyze': true,
  'auto_explain.log_timing': false,
  'auto_explain.log_buffers': true,
  'auto_explain.sample_rate': 0.05,
  'auto_explain.log_parameter_max_length': 0,
  track_io_timing: true,
}
