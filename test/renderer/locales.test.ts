import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { errorMessages } from '../../shared/errors.ts'

const renderer = resolve(import.meta.dirname, '../../renderer')
const readLocale = (name: string) =>
  flatten(JSON.parse(readFileSync(join(renderer, 'locales', `${name}.json`), 'utf8')) as Tree)

interface Tree {
  readonly [key: string]: string | Tree
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

const english = readLocale('en')
const german = readLocale('de')
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b))

describe('locales', () => {
  it('have the same keys', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted())
    expect(english.size).toBeGreaterThan(200)
  })

  it('have the same placeholders under each key', () => {
    for (const [key, text] of english) expect(placeholders(german.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  it('have every plural form that their language knows, for every counted sentence', () => {
    const counted = [...english.keys()]
      .filter((key) => key.endsWith('_other'))
      .map((key) => key.slice(0, -'_other'.length))
    expect(counted.length).toBeGreaterThan(5)
    for (const [language, texts] of [
      ['en', english],
      ['de', german],
    ] as const) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      for (const key of counted)
        for (const form of forms) expect(texts.has(`${key}_${form}`), `${language} ${key}_${form}`).toBe(true)
    }
  })

  it('leave nothing empty and translate every sentence', () => {
    for (const [key, text] of english) {
      expect(text.trim(), key).not.toBe('')
      expect(german.get(key)?.trim(), key).not.toBe('')
      // Four words in a row are a sentence, and no sentence is the same in both languages.
      if (text.split(' ').length >= 4) expect(german.get(key), key).not.toBe(text)
    }
  })

  it('have a sentence for every way Mindkeep can refuse or fail', () => {
    for (const code of Object.keys(errorMessages)) {
      expect(english.get(`errors.${code}`), code).toBeTruthy()
      expect(german.get(`errors.${code}`), code).toBeTruthy()
    }
  })

  it('say nothing in the words that people should not have to know', () => {
    const unwanted = [
      'consent token',
      'revoke',
      'assignee',
      'DID',
      'TTL',
      'nonce',
      'escrow',
      'attestation',
      'hash',
      'gas',
      'mnemonic',
      'chunks?',
      'embeddings?',
      'ingest',
      'inference',
    ]
    // The German for "did" and the like is no abbreviation, so those two count in capitals only.
    const patterns = unwanted.map((word) => new RegExp(`\\b${word}\\b`, word === word.toUpperCase() ? '' : 'i'))
    for (const text of [...english.values(), ...german.values()]) {
      for (const pattern of patterns) expect(text).not.toMatch(pattern)
    }
  })

  it('hold no key that no screen asks for', () => {
    const source = sourceFiles()
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    const asked = [...source.matchAll(/[`']([a-z][\w-]*(?:\.(?:[\w-]|\$\{[^}]*\})+)+)[`']/gi)].map(
      ([, key]) => key ?? '',
    )
    const patterns = [...new Set(asked)].map(
      (key) => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{(?:[^}]*)\}/g, '[\\w.-]+')}(_one|_other)?$`),
    )
    const unused = [...english.keys()].filter((key) => !patterns.some((pattern) => pattern.test(key)))
    expect(unused).toEqual([])
  })
})

/** What is read on a screen or read aloud, and so has to come from a locale. */
const spoken = new Set([
  'aria-label',
  'alt',
  'title',
  'label',
  'hint',
  'lead',
  'placeholder',
  'confirm',
  'warning',
  'kicker',
  'typeLabel',
])

describe('screens', () => {
  it('have no words of their own: each one comes from a locale', () => {
    const own = sourceFiles()
      .filter((file) => file.endsWith('.tsx') && !file.includes('/gallery/'))
      .flatMap(wordsIn)
    expect(own).toEqual([])
  })

  it('would be caught with words of their own', () => {
    const planted = 'const a = <Notice title="Hello you">Some words<b>{"more"}</b>{t("x.y")}</Notice>'
    expect(wordsInText('planted.tsx', planted)).toEqual([
      'planted.tsx: Hello you',
      'planted.tsx: Some words',
      'planted.tsx: more',
    ])
  })
})

function sourceFiles(): readonly string[] {
  return readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(renderer, name))
}

const wordsIn = (file: string) => wordsInText(file.slice(renderer.length + 1), readFileSync(file, 'utf8'))

function wordsInText(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const note = (words: string) => {
    if (/\p{L}{2}/u.test(words)) found.push(`${name}: ${words.trim()}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text)
    else if (ts.isJsxExpression(node) && node.expression !== undefined && ts.isStringLiteralLike(node.expression)) {
      if (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent)) note(node.expression.text)
    } else if (ts.isJsxAttribute(node) && spoken.has(node.name.getText(source))) {
      if (node.initializer !== undefined && ts.isStringLiteral(node.initializer)) note(node.initializer.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
