// Changes one thing at a time in a source file: a boolean, a condition, an operator, a text, a figure, one entry of a list
// or an object, one statement. Only what runs is changed: types, imports and the names of things are left alone.
import ts from 'typescript'

export interface Mutant {
  /** From electron/desktop. */
  readonly file: string
  readonly line: number
  readonly from: string
  readonly to: string
  /** The whole file with the change made. */
  readonly text: string
}

interface Change {
  readonly node: ts.Node
  readonly to: string
}

export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const changes: Change[] = []
  const visit = (node: ts.Node): void => {
    if (isInert(node)) return
    changes.push(...changesOf(node))
    ts.forEachChild(node, visit)
  }
  visit(source)
  const real = changes.filter(({ node, to }) => to !== node.getText(source))
  return real.map(({ node, to }) => {
    const start = node.getStart(source)
    return {
      file,
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      from: node.getText(source),
      to,
      text: text.slice(0, start) + to + text.slice(node.getEnd()),
    }
  })
}

const isInert = (node: ts.Node): boolean =>
  ts.isTypeNode(node) ||
  ts.isImportDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node)

const swapped = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.AmpersandAmpersandToken, '||'],
  [ts.SyntaxKind.BarBarToken, '&&'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.LessThanToken, '>='],
  [ts.SyntaxKind.GreaterThanToken, '<='],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
])

function changesOf(node: ts.Node): readonly Change[] {
  const swap = (to: string): Change => ({ node, to })
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [swap('false')]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [swap('true')]
  if (ts.isNumericLiteral(node)) return [swap(`${node.text} + 1`)]
  if (ts.isStringLiteral(node)) return isName(node) ? [] : [swap("''"), swap(JSON.stringify(`${node.text}~`))]
  if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) return [swap("''")]
  if (ts.isRegularExpressionLiteral(node)) return patterns(node.text).map(swap)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return [swap(`(${node.operand.getText()})`)]
  }
  if (ts.isIfStatement(node)) return condition(node.expression)
  if (ts.isConditionalExpression(node)) return condition(node.condition)
  if (ts.isBinaryExpression(node)) return binary(node)
  if (ts.isArrayLiteralExpression(node)) return without(node, node.elements, ['[', ']'])
  if (ts.isObjectLiteralExpression(node)) return without(node, node.properties, ['({', '})'])
  if (ts.isExpressionStatement(node)) return [swap(';')]
  if (ts.isReturnStatement(node) && node.expression === undefined) return [swap(';')]
  if (ts.isReturnStatement(node))
    return node.expression?.getText() === 'undefined' ? [] : [swap('return undefined as never')]
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && node.body.getText() !== 'undefined')
    return [{ node: node.body, to: '(undefined as never)' }]
  return []
}

const condition = (node: ts.Expression): readonly Change[] => [
  { node, to: 'true' },
  { node, to: 'false' },
]

function binary(node: ts.BinaryExpression): readonly Change[] {
  const [left, right] = [node.left.getText(), node.right.getText()]
  if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
    return [
      { node, to: `(${left})` },
      { node, to: `(${right})` },
    ]
  }
  const to = swapped.get(node.operatorToken.kind)
  return to === undefined ? [] : [{ node: node.operatorToken, to }]
}

function without(
  node: ts.Node,
  parts: ts.NodeArray<ts.Node>,
  [open, close]: readonly [string, string],
): readonly Change[] {
  const texts = parts.map((part) => part.getText())
  return texts.map((_, dropped) => ({
    node,
    to: `${open}${texts.filter((_text, index) => index !== dropped).join(', ')}${close}`,
  }))
}

/** The name of an entry; dropping the entry covers it. */
const isName = (node: ts.Node): boolean => ts.isPropertyAssignment(node.parent) && node.parent.name === node

/** The same pattern without its anchors, and one that matches anything. */
const patterns = (text: string): readonly string[] =>
  [text.replace('/^', '/'), text.replace('$/', '/'), '/(?:)/'].filter((pattern) => pattern !== text)
