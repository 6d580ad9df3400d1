// What a person can do about a file that could not be read, as the core and the page both go by it. The page may not load the
// parser that the api is checked with.
import type { ProblemReason } from './api/imports.ts'

/** What somebody can still help with: a password, or putting a file back. */
export const helpableReasons: readonly ProblemReason[] = ['needs-password', 'wrong-password', 'gone']
