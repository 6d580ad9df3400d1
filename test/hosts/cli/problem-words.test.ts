// What a terminal says of a problem is what the page says of it.
import { expect, it } from 'vitest'
import { problemWords } from '../../../electron/cli/problem-words.ts'
import { problemReasons } from '../../../shared/api/imports.ts'
import en from '../../../renderer/locales/en.json' with { type: 'json' }

/** Done in another way at a terminal. */
const otherwise: readonly string[] = ['is-export', 'needs-password', 'wrong-password', 'needs-columns']

it('says of every problem what the page says, or what to do at a terminal', () => {
  for (const why of problemReasons) {
    if (otherwise.includes(why)) expect(problemWords[why], why).not.toBe(en.add.problem[why])
    else expect(problemWords[why], why).toBe(en.add.problem[why])
  }
})
