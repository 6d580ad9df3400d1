import { describe, expect, it } from 'vitest'
import { safeName } from '../../../electron/core/exports/safe-name.ts'

describe('the name of a file in an export', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\a.txt', 'C__Windows_a.txt'],
    ['\u202Efdp.exe', 'fdp.exe'],
    ['a\u0000b\nc', 'abc'],
    ['.bashrc', 'bashrc'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['name. . ', 'name'],
    ['', 'file'],
    ['...', 'file'],
    ['///', 'file'],
    ['\ud800', '\ufffd'],
    ['Größe 日本.md', 'Größe 日本.md'],
  ])('%j becomes %j', (given, expected) => {
    expect(safeName(given, 'file')).toBe(expected)
  })

  it.each(['a', 'é', '日', '😀'])('of %s is short in letters and in bytes, and keeps its ending', (letter) => {
    const name = safeName(`${letter.repeat(300)}.tar`, 'file')
    expect(Array.from(name).length).toBeLessThanOrEqual(80)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180)
    expect(Buffer.byteLength(name)).toBeGreaterThan(75)
    expect(name.endsWith('.tar')).toBe(true)
    expect(name.isWellFormed()).toBe(true)
  })
})
