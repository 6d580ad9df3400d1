// A page small enough to stand in a test: it signs in as the real one does and can call one method. It stands in where
// the question is what other pages can do to ours, not what ours looks like.
import type { PageFiles } from '../../../../electron/web/files.ts'

const file = (type: string, text: string) => ({ type, body: Buffer.from(text) })

const script = `
const token = /^#start=(.+)$/.exec(location.hash)?.[1]
history.replaceState(null, '', '/')
window.secretOfThePage = 'kept'
const headers = { 'content-type': 'application/json' }
const signIn = async () => {
  if (token === undefined) return sessionStorage.getItem('tab')
  const response = await fetch('/api/session', { method: 'POST', headers, body: JSON.stringify({ token }) })
  const reply = await response.json()
  if (reply.ok) sessionStorage.setItem('tab', reply.value.tab)
  return reply.ok ? reply.value.tab : null
}
const tab = await signIn()
const response = await fetch('/api/vault.status', { method: 'POST', headers: { ...headers, 'x-mindkeep-tab': tab ?? '' }, body: '{}' })
document.body.dataset.answer = String(response.status)
`

const html = `<!doctype html><meta charset="utf-8"><title>Mindkeep</title>
<link rel="stylesheet" href="/assets/main.css"><script type="module" src="/assets/main.js"></script>
<body><h1>Mindkeep</h1><img src="/assets/logo.svg" alt="">`

export const smallPage: PageFiles = new Map([
  ['/', file('text/html; charset=utf-8', html)],
  ['/assets/main.js', file('text/javascript; charset=utf-8', script)],
  ['/assets/main.css', file('text/css; charset=utf-8', 'h1 { color: rgb(1, 2, 3) }')],
  ['/assets/logo.svg', file('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')],
])
