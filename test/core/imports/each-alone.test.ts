import { expect, it } from 'vitest'
import { eachAlone } from '../../../electron/core/imports/each-alone.ts'

it('has every one done, and then says what went wrong first', () => {
  const done: number[] = []
  const act = (one: number) => {
    if (one === 2 || one === 3) throw new Error(`row ${one}`)
    done.push(one)
  }
  expect(() => eachAlone([1, 2, 3, 4], act)).toThrow('row 2')
  expect(done).toEqual([1, 4])
})
