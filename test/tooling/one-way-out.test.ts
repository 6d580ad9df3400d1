// What opens a connection without an import, and so escapes the import rules: the core has none of it. A planted one is seen.
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
/** Globals of Node that connect, and packages whose parts do. */
const globals = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
const packages = /^(?:undici|ws|axios|got|node-fetch)(?:\/|$)/
/** Of ethers, what asks a network: the account is made and used without one. */
const askingNames = /Provider$|^FetchRequest$/

function waysOut(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && globals.has(node.text) && !isOnlyAName(node)) found.push(node.text)
    if (ts.isStringLiteral(node) && globals.has(node.text) && ts.isElementAccessExpression(node.parent))
      found.push(node.text)
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      if (packages.test(node.moduleSpecifier.text)) found.push(node.moduleSpecifier.text)
      const bindings = node.importClause?.namedBindings
      if (node.moduleSpecifier.text === 'ethers' && bindings !== undefined && ts.isNamedImports(bindings)) {
        found.push(...bindings.elements.map(({ name }) => name.text).filter((name) => askingNames.test(name)))
      }
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}

/** A property or a type called so reaches nothing; `globalThis.fetch` does. */
function isOnlyAName(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return parent.expression.getText() !== 'globalThis'
  return ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isTypeReferenceNode(parent)
}

const files = ['electron/core', 'electron/cli', 'electron/web', 'shared']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.ts'))

describe('the one way out', () => {
  it('is the only one', () => {
    expect(files.length).toBeGreaterThan(200)
    const found = files.flatMap((file) =>
      waysOut(file, readFileSync(join(root, file), 'utf8')).map((way) => `${file}: ${way}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    ["await fetch('https://example.org')", ['fetch']],
    ["await globalThis.fetch('https://example.org')", ['fetch']],
    ["await globalThis['fetch']('https://example.org')", ['fetch']],
    ['const send = fetch', ['fetch']],
    ["new WebSocket('wss://example.org')", ['WebSocket']],
    ["import { request } from 'undici'", ['undici']],
    ["import { JsonRpcProvider, Wallet } from 'ethers'", ['JsonRpcProvider']],
    ['cache.fetch(input); const kept = { fetch: 1 }', []],
  ])('would be seen beside it: %s', (text, ways) => {
    expect(waysOut('planted.ts', text)).toEqual(ways)
  })
})
