// The headers that stand on every answer of the web host, refusals included: the same that the desktop sends, so that what
// the page may do does not depend on where it is shown.
import { pageHeaders } from '../../shared/page-files.ts'

export const everyAnswer = pageHeaders
