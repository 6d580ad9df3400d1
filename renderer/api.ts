// The page's way to the core, and its only one: a typed client over the api table, a cache that follows the core's events, and
// the hooks that screens use.
export { type Action, useAction, useJobAction, useLatestJob } from './api/actions.ts'
export {
  ClientContext,
  useAnswer,
  useAskOnReturn,
  useAttempt,
  useClient,
  useEvent,
} from './api/answers.ts'
export { askLibraryAnew, dropVaultData, followEvents } from './api/cache.ts'
export { type Client, createClient, pickTransport, shapeOf } from './api/client.ts'
export { usePassphraseHelp, useSaveKit } from './api/passphrases.ts'
export { fetchTicket, saveTicket } from './api/tickets.ts'
export { useTyped } from './api/typing.ts'
