/** Numbers of PostgreSQL's advisory locks, which know no names: any will do that nobody else takes. */
export const ADVISORY_LOCKS = {
  migration: 7_106_001,
  partitions: 7_106_002,
  gaps: 7_106_003,
  audit: 7_106_004,
} as const;
