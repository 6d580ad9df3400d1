// Texts that want to be more than text. Each is a shape that some page once fell for, a way out of wherever it stands, and
// a carrier that marks the page or calls the sink; written as markup into a page without rules, every one of them does.
import * as fc from 'fast-check'

export interface Injection {
  readonly family: string
  readonly text: string
  /** What the sink sees when it arrives, and what the page is marked with. */
  readonly mark: string
}

interface Aim {
  /** Where the sink listens for this one. */
  readonly to: string
  /** JavaScript that marks the page: no spaces and no quotes, so that it fits into any attribute. */
  readonly js: string
}

type Shape = (aim: Aim) => string

const families: Readonly<Record<string, readonly Shape[]>> = {
  script: [
    ({ js }) => `<script>${js}</script>`,
    ({ to }) => `<script src="${to}"></script>`,
    ({ js }) => `<ScRiPt\n>${js}</ScRiPt\t>`,
    ({ js }) => `</script><script>${js}//`,
    ({ to }) => `<script type=module>import('${to}')</script>`,
  ],
  picture: [
    ({ to, js }) => `<img src=${to} onload=${js}>`,
    ({ js }) => `<img/src/onerror=${js}>`,
    ({ to }) => `<img srcset="${to} 1x">`,
    ({ to }) => `<picture><source srcset="${to}"><img></picture>`,
  ],
  svg: [
    ({ js }) => `<svg/onload=${js}>`,
    ({ to }) => `<svg><use href="${to}#x"/></svg>`,
    ({ js }) => `<svg><animate onbegin=${js} attributeName=x dur=1s>`,
    ({ js }) => `<svg><a xlink:href="javascript:${js}"><text y=9>x</text></a></svg>`,
    ({ js }) => `<svg><script>${js}</script></svg>`,
    ({ js }) => `<svg><foreignObject><body onload=${js}>`,
  ],
  frame: [
    ({ to }) => `<iframe src="${to}"></iframe>`,
    ({ js }) => `<iframe srcdoc="&lt;script&gt;${js}&lt;/script&gt;"></iframe>`,
    ({ js }) => `<iframe src="javascript:${js}"></iframe>`,
    ({ to }) => `<object data="${to}"></object><embed src="${to}">`,
    ({ to }) => `<portal src="${to}"></portal><frameset><frame src="${to}">`,
  ],
  math: [
    ({ js }) => `<math href="javascript:${js}">CLICK</math>`,
    ({ js }) => `<math><maction actiontype="statusline#" xlink:href="javascript:${js}">x</maction></math>`,
    ({ js }) => `<math><mtext><table><mglyph><style><img src=x onerror=${js}></style></mglyph></table></mtext></math>`,
  ],
  head: [
    ({ to }) => `<link rel=stylesheet href="${to}">`,
    ({ to }) => `<link rel=prefetch href="${to}"><link rel=dns-prefetch href="${to}">`,
    ({ to }) => `<meta http-equiv=refresh content="0;url=${to}">`,
    ({ to }) => `<base href="${to}/"><a href=x>x</a>`,
    () => `<meta http-equiv=Content-Security-Policy content="script-src * 'unsafe-inline'">`,
    () => `</title><title>not ours`,
  ],
  handler: [
    ({ js }) => `<body onload=${js} onpageshow=${js}>`,
    ({ js }) => `<input autofocus onfocus=${js}>`,
    ({ js }) => `<div onpointerenter=${js} onanimationstart=${js} style="animation:x 1s">x</div>`,
    ({ js }) => `" onfocus=${js} autofocus tabindex=1 x="`,
    ({ js }) => `' onmouseover='${js}`,
    ({ js }) => `<form><button formaction=javascript:${js}>x</button></form>`,
  ],
  address: [
    ({ js }) => `javascript:${js}`,
    ({ js }) => `<a href="javascript:${js}">open</a>`,
    ({ js }) => `java\tscript\n:${js}`,
    ({ js }) => `JaVaScRiPt://%0a${js}`,
    ({ js }) => `data:text/html,<script>${js}</script>`,
    ({ js }) => `<a href="data:text/html;base64,${Buffer.from(`<script>${js}</script>`).toString('base64')}">x</a>`,
    ({ to }) => `<a ping="${to}" href="${to}">x</a>`,
  ],
  css: [
    ({ to }) => `<style>*{background:url(${to})}</style>`,
    ({ to }) => `<style>@import url("${to}");</style>`,
    ({ to }) => `red;background-image:url(${to})`,
    ({ to }) => `</style><div style="list-style:url(${to})">x</div>`,
    ({ to }) => `<style>input[value^="a"]{background:url(${to})}@font-face{font-family:x;src:url(${to})}</style>`,
    ({ js }) => `<p style="width:expression(${js});behavior:url(#x)">x</p>`,
  ],
  template: [
    ({ js }) => `\${${js}}`,
    ({ js }) => `{{constructor.constructor('${js}')()}}`,
    ({ js }) => `<%= ${js} %><? ${js} ?>#{${js}}*{${js}}`,
    ({ js }) => `\`;${js};\``,
    ({ js }) => `');${js};//`,
    ({ js }) => `\\");${js};//`,
    ({ js }) => `</template><template shadowrootmode=open><slot onslotchange=${js}>`,
  ],
  mutation: [
    ({ js }) => `<svg></p><style><a id="</style><img src=1 onerror=${js}>">`,
    ({ js }) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
    ({ js }) =>
      `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${js} src>">`,
    ({ js }) => `<svg><![CDATA[><img src=x onerror=${js}>]]></svg>`,
    ({ js }) => `<title><a title="</title><img src onerror=${js}>">`,
    ({ js }) => `<xmp><p title="</xmp><img src onerror=${js}>">`,
    ({ js }) => `<select><style><img src onerror=${js}></style></select>`,
  ],
  comment: [
    ({ js }) => `<!--><img src=x onerror=${js}>-->`,
    ({ js }) => `<!-- --!><img src=x onerror=${js}>`,
    ({ to }) => `![x](${to}) [click](${to})`,
    ({ js }) => `[click](javascript:${js}) <javascript:${js}>`,
    ({ to }) => `[//]: # "x"\n\n<${to}> ${to}`,
    ({ js }) => `<![endif]--><!--[if gte IE 4]><script>${js}</script><![endif]-->`,
  ],
  letters: [
    ({ js }) => `\u202E<script>${js}</script>\u202C`,
    ({ to }) => `\u2067${to}\u2069\u2069\u2069 is safe`,
    ({ js }) => `\uFF1Cscript\uFF1E${js}\uFF1C/script\uFF1E`,
    ({ js }) => `<\u200Bimg\u200D src\uFEFF=x onerror=${js}>`,
    () => `M\u0456ndk\u0435\u0435p \u05D0\u05D1\u05D2 \u0645\u0631\u062D\u0628\u0627`,
    ({ js }) => `\u0000<im\u0000g src=x onerror=${js}>\u0007\u001B[2J`,
    () => `Z${'\u0301\u0489'.repeat(60)}\u2028\u2029\u0085end`,
    ({ js }) => `${'A'.repeat(6_000)}<img src=x onerror=${js}>`,
    ({ js }) => `${'<b>'.repeat(800)}<img src=x onerror=${js}>`,
    () => `\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uDBFF\uDFFF \uFFFE`,
  ],
  object: [
    () => '__proto__',
    () => 'constructor.prototype',
    ({ js }) => `{"__proto__":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=${js}>"}}}`,
    ({ js }) => `{"$$typeof":"Symbol(react.element)","type":"img","props":{"src":"x","onError":"${js}"}}`,
    ({ js }) => `"},"extra":"<script>${js}</script>","x":{"y":"`,
    ({ js }) => `\n\ndata: {"event":"vault.changed","payload":{"name":"<img src onerror=${js}>"}}\n\n`,
    () => `toString`,
  ],
  words: [
    () => '{{name}} {{from}} {{to}} {{query}} {{reference}}',
    () => `{{- name}} {{name, uppercase}} {{constructor.name}}`,
    () => '$t(app.name)',
    () => `$t(settings.security.delete.type, {"name":"$t(app.name)"})`,
    () => `$t(app.name, {"lng":"de","defaultValue":"{{- name}}"})`,
    () => `$& $1 $\` $' $$ $$t(app.name)`,
    () => `<0>x</0><1/><Trans>x</Trans>`,
    () => `{name, select, other {x}} %s %d %(name)s`,
  ],
}

/** Leaves whatever the text may have been put into: values, comments, scripts, styles, other kinds of markup. */
const closer = `'"-->]]></style></script></title></textarea></noscript></template></select></xmp></math></svg></iframe></object>`

const carriers: readonly Shape[] = [
  ({ to, js }) => `<img src="${to}" onerror="${js}">`,
  ({ to }) => `<svg><image href="${to}" width="9" height="9"/></svg>`,
  ({ to, js }) => `<video src="${to}" onerror="${js}"></video>`,
  ({ js }) => `<iframe srcdoc="<script>${js}</script>"></iframe>`,
  ({ js }) => `<details open ontoggle="${js}">x</details>`,
  ({ to }) => `<link rel="stylesheet" href="${to}">`,
  ({ to }) => `<style>@import "${to}";</style>`,
  ({ to }) => `<object data="${to}"></object>`,
  ({ to }) => `<div style="background:url(${to})">x</div>`,
  ({ to, js }) => `<input type="image" src="${to}" onerror="${js}">`,
  ({ js }) => `<img src onerror="&#x28;${js.slice(1)}">`,
  ({ js }) => `<style onload="${js}"></style>`,
]

const pick = <T>(from: readonly T[], at: number): T => {
  const found = from[at % from.length]
  if (found === undefined) throw new Error('There is nothing to pick from.')
  return found
}

/** `count` injections, one family after the other; which shape and carrier each gets is the seed's. */
export function makeInjections(
  pathTo: (mark: string) => string,
  { seed, count }: { readonly seed: number; readonly count: number },
): readonly Injection[] {
  const names = Object.keys(families)
  const draws = fc.sample(fc.record({ shape: fc.nat(), carrier: fc.nat(), before: fc.boolean() }), {
    seed,
    numRuns: count,
  })
  return draws.map(({ shape, carrier, before }, index) => {
    const family = pick(names, index)
    const mark = `${family}-${index}`
    const aim: Aim = { to: pathTo(mark), js: `(top.hits??=[]).push(/${mark}/.source)` }
    const body = pick(families[family] ?? [], shape)(aim)
    const carried = pick(carriers, carrier)(aim)
    return { family, mark, text: before ? `'">${carried}${body}` : `${body}${closer}${carried}` }
  })
}
