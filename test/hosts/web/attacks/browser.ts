// What a page of somebody else can try against ours in a browser. Each attempt sends one request from that page and answers
// whether it read or embedded something. Many have no end that the page could see; the browser knows when theirs is over.

/** What the hostile page is told: more than it could know. */
export interface Victim {
  /** The address of our page, random name and port included. */
  readonly address: string
  /** The tab token of the signed-in page, as if it had leaked. */
  readonly tab: string
  /** Marks requests with the name of the attempt where the server under attack ignores such marks (the control). */
  readonly marked: boolean
}

export type Attempt = (victim: Victim, at: (path: string) => string) => Promise<boolean>

/** The requests of these the browser's tools do not show; here the page sees the end itself. */
export const unshown: readonly string[] = ['a web socket', 'a frame without an origin']

/** Helpers are written out in each attempt, since each is sent to the page as text on its own. */
export const attempts: Readonly<Record<string, Attempt>> = {
  'fetch and read': async (_victim, at) => (await fetch(at('/assets/main.js'))).ok,
  'fetch the start page': async (_victim, at) => (await fetch(at('/'), { credentials: 'include' })).ok,
  'fetch without reading': async (_victim, at) => {
    await fetch(at('/api/vault.lock'), { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' })
    return false
  },
  'fetch with a body that asks no leave': async (_victim, at) => {
    const body = new Blob(['{}'], { type: 'text/plain' })
    return (await fetch(at('/api/vault.lock'), { method: 'POST', credentials: 'include', body })).ok
  },
  'fetch with JSON and the cookie': async (_victim, at) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(at('/api/vault.lock'), { method: 'POST', credentials: 'include', headers, body: '{}' })).ok
  },
  'fetch with JSON, the cookie and a leaked tab token': async ({ tab }, at) => {
    const headers = { 'content-type': 'application/json', 'x-mindkeep-tab': tab }
    return (await fetch(at('/api/vault.lock'), { method: 'POST', credentials: 'include', headers, body: '{}' })).ok
  },
  'fetch events with a leaked tab token': async ({ tab }, at) =>
    (await fetch(at('/api/events'), { credentials: 'include', headers: { 'x-mindkeep-tab': tab } })).ok,
  'fetch that outlives the page': async (_victim, at) => {
    await fetch(at('/api/vault.lock'), {
      method: 'POST',
      mode: 'no-cors',
      keepalive: true,
      credentials: 'include',
      body: '{}',
    })
    return false
  },
  'sign in with a guess': async (_victim, at) => {
    const body = JSON.stringify({ token: 'A'.repeat(43) })
    return (await fetch(at('/api/session'), { method: 'POST', credentials: 'include', body })).ok
  },
  'an old kind of request': (_victim, at) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest()
      request.open('POST', at('/api/vault.lock'))
      request.withCredentials = true
      request.addEventListener('load', () => resolve(request.status === 200))
      request.addEventListener('error', () => resolve(false))
      request.send('{}')
    }),
  'a beacon': async (_victim, at) => {
    navigator.sendBeacon(at('/api/vault.lock'), '{}')
    return false
  },
  'a beacon of JSON': async (_victim, at) => {
    navigator.sendBeacon(at('/api/vault.lock'), new Blob(['{}'], { type: 'application/json' }))
    return false
  },
  'an event source': (_victim, at) =>
    new Promise((resolve) => {
      const source = new EventSource(at('/api/events'), { withCredentials: true })
      source.addEventListener('message', () => resolve(true))
      source.addEventListener('error', () => {
        source.close()
        resolve(false)
      })
    }),
  'a web socket': (_victim, at) =>
    new Promise((resolve) => {
      const socket = new WebSocket(at('/api/events').replace('http:', 'ws:'))
      socket.addEventListener('open', () => resolve(true))
      socket.addEventListener('error', () => resolve(false))
    }),
  'a form of text': async (_victim, at) => {
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, { method: 'post', enctype: 'text/plain', action: at('/api/vault.lock'), target: 'text-form' })
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.name = 'text-form'
    form.append(Object.assign(document.createElement('input'), { name: '{"a":"', value: '"}' }))
    form.submit()
    return false
  },
  'a form of fields': async (_victim, at) => {
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, { method: 'post', action: at('/api/vault.lock'), target: 'field-form' })
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.name = 'field-form'
    form.submit()
    return false
  },
  'a form with a file': async (_victim, at) => {
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, {
      method: 'post',
      enctype: 'multipart/form-data',
      action: at('/api/vault.lock'),
      target: 'file-form',
    })
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.name = 'file-form'
    form.submit()
    return false
  },
  'a form in a window of its own': async (_victim, at) => {
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, { method: 'post', enctype: 'text/plain', action: at('/api/vault.lock'), target: '_blank' })
    form.submit()
    return false
  },
  'a window on a method': async (_victim, at) => {
    window.open(at('/api/vault.status'))
    return false
  },
  'a frame': async (_victim, at) => {
    const frame = document.createElement('iframe')
    frame.src = at('/')
    document.body.append(frame)
    return false
  },
  'a frame without an origin': (_victim, at) =>
    new Promise((resolve) => {
      const frame = document.createElement('iframe')
      frame.setAttribute('sandbox', 'allow-scripts')
      const address = JSON.stringify(at('/api/vault.lock'))
      const sent = `fetch(${address}, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' })`
      frame.srcdoc = `<script>${sent}.catch(() => {}).then(() => parent.postMessage('tried', '*'))</script>`
      addEventListener('message', () => resolve(false), { once: true })
      document.body.append(frame)
    }),
  'an object': async (_victim, at) => {
    const object = document.createElement('object')
    object.data = at('/')
    document.body.append(object)
    return false
  },
  'an embedded page': async (_victim, at) => {
    const embed = document.createElement('embed')
    embed.src = at('/')
    document.body.append(embed)
    return false
  },
  'a picture': (_victim, at) =>
    new Promise((resolve) => {
      const image = new Image()
      image.addEventListener('load', () => resolve(true))
      image.addEventListener('error', () => resolve(false))
      image.src = at('/assets/logo.svg')
    }),
  'a picture of a method': (_victim, at) =>
    new Promise((resolve) => {
      const image = new Image()
      image.addEventListener('load', () => resolve(true))
      image.addEventListener('error', () => resolve(false))
      image.src = at('/api/vault.status')
    }),
  'a background': async (_victim, at) => {
    const element = document.body.appendChild(document.createElement('div'))
    element.style.cssText = `width:9px;height:9px;background:url("${at('/assets/logo.svg')}")`
    return false
  },
  'a script': (_victim, at) =>
    new Promise((resolve) => {
      const script = document.createElement('script')
      script.addEventListener('load', () => resolve(true))
      script.addEventListener('error', () => resolve(false))
      script.src = at('/assets/main.js')
      document.body.append(script)
    }),
  'a module': (_victim, at) =>
    new Promise((resolve) => {
      const script = document.createElement('script')
      script.type = 'module'
      script.addEventListener('load', () => resolve(true))
      script.addEventListener('error', () => resolve(false))
      script.src = at('/assets/main.js')
      document.body.append(script)
    }),
  'a script of a method': (_victim, at) =>
    new Promise((resolve) => {
      const script = document.createElement('script')
      script.addEventListener('load', () => resolve(true))
      script.addEventListener('error', () => resolve(false))
      script.src = at('/api/vault.status')
      document.body.append(script)
    }),
  'a style sheet': (_victim, at) =>
    new Promise((resolve) => {
      const link = document.createElement('link')
      link.rel = 'stylesheet'
      link.addEventListener('load', () => resolve(true))
      link.addEventListener('error', () => resolve(false))
      link.href = at('/assets/main.css')
      document.head.append(link)
    }),
  'a font': async (_victim, at) => {
    await new FontFace('stolen', `url("${at('/assets/main.css')}")`).load()
    return true
  },
  'a film': async (_victim, at) => {
    const video = document.createElement('video')
    video.src = at('/assets/logo.svg')
    document.body.append(video)
    return false
  },
  'a prefetch': async (_victim, at) => {
    const link = document.createElement('link')
    Object.assign(link, { rel: 'prefetch', href: at('/') })
    document.head.append(link)
    return false
  },
  'a preload': (_victim, at) =>
    new Promise((resolve) => {
      const link = document.createElement('link')
      Object.assign(link, { rel: 'preload', as: 'script', href: at('/assets/main.js') })
      link.addEventListener('load', () => resolve(true))
      link.addEventListener('error', () => resolve(false))
      document.head.append(link)
    }),
  'a worker that includes ours': (_victim, at) =>
    new Promise((resolve) => {
      const address = JSON.stringify(at('/assets/main.js'))
      const text = `try { importScripts(${address}); postMessage(true) } catch (error) { postMessage(error.name === 'SyntaxError') }`
      const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
      worker.addEventListener('message', ({ data }) => resolve(data === true))
      worker.addEventListener('error', () => resolve(false))
    }),
  'a ping': async (_victim, at) => {
    const link = document.body.appendChild(document.createElement('a'))
    Object.assign(link, { href: '#', ping: at('/api/vault.lock') })
    link.click()
    return false
  },
}
