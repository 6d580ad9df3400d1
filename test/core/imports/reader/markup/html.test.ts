import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHtml } from '../../../../../electron/core/imports/reader/markup/html.ts'

describe('what a page says', () => {
  it('is its words, in the lines a browser would show', () => {
    const { text } = readHtml(`<!doctype html><body><h1>Bread &amp; butter</h1>
      <p>Mix   <b>flour</b> and
      water<br>and wait.</p><ul><li>500&nbsp;g flour<li>350 ml water</ul>
      <table><tr><th>Oven</th><th>Time</th></tr><tr><td>230&deg;</td><td>40 min</td></tr></table>
      <pre>  kept
    as is</pre>After<div>all<div>that</div></div></body>`)
    expect(text).toBe(
      [
        'Bread & butter',
        '',
        'Mix flour and water',
        'and wait.',
        '',
        '- 500 g flour',
        '- 350 ml water',
        '',
        'Oven\tTime',
        '230°\t40 min',
        '',
        '  kept',
        '    as is',
        '',
        'After',
        'all',
        'that',
      ].join('\n'),
    )
  })

  it('has its title, its first heading, its address and what it says of itself', () => {
    const page = readHtml(`<html><head><title>My &lt;page&gt;
      today</title><meta property="og:URL" content="https://example.org/og"><link rel=canonical href="https://example.org/p">
      <META name=author content="Ann">
      </head><body><svg><title>drawing</title></svg><h2>First <i>one</i></h2><h1>Second</h1></body></html>`)
    expect(page).toMatchObject({ title: 'My <page> today', heading: 'First one', url: 'https://example.org/p' })
    expect(page.meta.get('author')).toBe('Ann')
  })

  it('is nothing that a script, a style or another page would do', () => {
    const page = readHtml(
      `a<script>document.write("</b>evil")</script><style>p{}</style><template><p>x</p></template>` +
        `<iframe src="https://example.org">framed</iframe><a href="javascript:alert(1)" onclick="alert(2)">b</a>` +
        `<img src=x onerror="alert(3)" alt="a picture"><object><object>o</object>o</object>c`,
    )
    expect(page.text).toBe('ab a picture c')
    expect(page.links).toEqual([])
  })

  it('leads where its links lead, each once, with their words', () => {
    const { links } = readHtml(
      '<a href="https://example.org/?a=1&amp;b=2">One <b>two</b></a><a href="/here">x</a><a href="#top">y</a>' +
        '<a href="https://example.org/?a=1&amp;b=2">again</a><a href="mailto:ann@example.org">Ann<a href="http://[bad">z</a>',
    )
    expect(links).toEqual([
      { url: 'https://example.org/?a=1&b=2', text: 'One two' },
      { url: 'mailto:ann@example.org', text: 'Ann' },
    ])
  })

  it('is read when it is 200,000 elements deep', () => {
    expect(readHtml(`${'<div>'.repeat(200_000)}deep${'</div>'.repeat(200_000)}`).text).toBe('deep')
    expect(readHtml(`${'<template>'.repeat(200_000)}deep${'</template>'.repeat(200_000)}end`).text).toBe('end')
  })

  it('is read of whatever stands between brackets', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              '<',
              '>',
              '</',
              '/>',
              '<!--',
              '-->',
              '<![CDATA[',
              '<a href="',
              '"',
              '&#x',
              ';',
              '<pre>',
              '</title>',
            ),
            fc.constantFrom(
              '<p>',
              '<li>',
              '<script>',
              '</script>',
              '<title>',
              '<br>',
              '<h1>',
              '</h1>',
              '</a>',
              '</pre>',
            ),
            fc.string(),
          ),
        ),
        (parts) => {
          const { text, title } = readHtml(parts.join(''))
          expect(text).toBe(text.trim() === '' ? '' : text)
          expect(title).not.toContain('\n')
        },
      ),
      { numRuns: 500 },
    )
  })
})
