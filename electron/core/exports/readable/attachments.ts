// Where a file lies in an export: by what it holds, so that the same one lies there once, and with a name that is safe
// wherever it is unpacked.
import { safeName } from '../safe-name.ts'

export const attachmentPath = ({ content, name }: { readonly content: string; readonly name: string }): string =>
  `attachments/${content.slice(0, 32)} ${safeName(name, 'file')}`
