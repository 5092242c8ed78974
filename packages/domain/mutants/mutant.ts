/**
 * A small break: this text of this file, replaced by that, breaks this law of SPEC.md.
 * Every one must make a test of its law fail; together they prove that the tests can fail.
 */
export type Mutant = Readonly<{ law: string; file: string; from: string; to: string }>
