// What carries calls and events between the page and its host. It knows no method by name; `api.ts` gives it its types.
import type { Reply } from '../../shared/api/api.ts'
import type { AppEvent } from '../../shared/api/events.ts'
import type { Upload } from './upload.ts'

/**
 * How the page stands with its host: `connecting` until the line is first open, `lost` while it tries again, `gone` after it tried for a while (it goes on trying),
 * `signed-out` when the host answers but does not know this page.
 */
export type Link = 'connecting' | 'open' | 'lost' | 'gone' | 'signed-out'

export interface Transport {
  readonly call: (method: string, input: unknown) => Promise<Reply>
  readonly upload: Upload
  /** Delivers events and link changes until the returned function is called. */
  readonly listen: (onEvent: (event: AppEvent) => void, onLink: (link: Link) => void) => () => void
}
