// Files that the core hands out, once for each ticket: shown here, or saved where the person wants them.
import { AppError } from '../../shared/errors.ts'
import { askWhereToSave } from '../transport/desktop.ts'

/** Relative, so that it is asked of whichever host showed the page. */
const addressOf = (ticket: string): string => `download/${encodeURIComponent(ticket)}`

/** What a ticket stands for, to be shown here. */
export async function fetchTicket(ticket: string): Promise<Blob> {
  const response = await window.fetch(addressOf(ticket), { credentials: 'same-origin' })
  if (!response.ok) throw new AppError('NO_SUCH_FILE')
  return response.blob()
}

/** What a ticket stands for, to be saved where the person wants it. False when they cancel: the ticket is still good. */
export async function saveTicket(ticket: string, name: string): Promise<boolean> {
  if (window.mindkeep !== undefined) {
    const send: typeof fetch = (input, init) => window.fetch(input, init)
    const reply = await askWhereToSave({ fetch: send, address: addressOf(ticket), name })
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.details)
    return (reply.value as { readonly saved: boolean }).saved
  }
  const link = document.createElement('a')
  link.href = addressOf(ticket)
  link.download = name
  link.click()
  return true
}
