// Texts full of attempts to be more than text, wherever the page shows a text that came from a vault, a file or a hand:
// they are read as what they are, nothing runs, nothing leaves. 60 of them in `npm test`, 500 with MINDKEEP_FAULTS=large.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedOf, sized } from '../../support/random.ts'
import { findChromium, launchChromium } from '../../support/chromium.ts'
import { type Injection, makeInjections } from './injections/corpus.ts'
import { look, seenOf, standsInOrder } from './injections/look.ts'
import { type Stage, openStage } from './injections/stage.ts'
import { openHostileSite } from './support/hostile-site.ts'

const count = sized({ small: 60, large: 500 })
const seed = seedOf('injections')

/** Names that direct what is around them: overrides left open, isolations ended too early or never, paragraphs. */
const directing = ['evil \u202Eeman', '\u2069\u2069\u202Eeman', '\u2067\u2067left open', 'two\u2029\u202Eparagraphs']

/** Names that need their own direction and leave their surroundings alone. */
const foreign = ['\u05D0\u05D1\u05D2 123', '\u061C\u0645\u0631\u062D\u0628\u0627 (1']

/** As they can be typed into a field of limited length; no keyboard has a NUL, and after one Chromium miscounts the rest. */
const cut = (injections: readonly Injection[], length: number): readonly Injection[] =>
  injections.map(({ text, ...rest }) => ({ ...rest, text: text.replaceAll('\0', '').slice(0, length) }))

describe.skipIf(findChromium() === undefined)(
  `${count} texts that want to be more (needs Chromium; set CHROMIUM_PATH)`,
  () => {
    let stage: Stage
    let injections: readonly Injection[]
    beforeAll(async () => {
      stage = await openStage()
      injections = makeInjections(stage.sink.pathTo, { seed, count })
    })
    afterAll(() => stage?.close())
    const press = (name: string) => stage.page.getByRole('button', { name, exact: true }).click()
    const home = () => stage.go('/', /^Good /)
    const tell = (state: 'locked' | 'unlocked') => (name: string) => stage.app.tellStatus({ state, name })

    it('are text in the name of an open vault', async () => {
      tell('unlocked')('a vault')
      await home()
      await stage.showEach(injections, { put: tell('unlocked'), times: 1 })
    })

    it('are text in the dialog that deletes an open vault', async () => {
      await stage.go('/settings/security', /Settings/)
      await press('Delete vault')
      await stage.showEach(injections, { put: tell('unlocked'), times: 2 })
    })

    it('are text in the log: names of settings and their values', async () => {
      await stage.go('/activity', /Activity/)
      await stage.showTogether(injections, { put: stage.app.tellLog, times: 2, room: 100 })
    })

    it('are text in what is said about a job that failed', async () => {
      // As many messages at the foot of the page as it ever shows at once.
      for (const text of ['1', '2', '3', '4']) stage.app.tellFailedJob(text)
      await stage.showEach(injections, { put: stage.app.tellFailedJob, times: 1 })
    })

    it('are text about this Mindkeep', async () => {
      await stage.go('/settings/about', /Settings/)
      await stage.showTogether(injections, {
        put: async (texts) => {
          const third = Math.ceil(texts.length / 3)
          const [version = '', runtime = '', folder = ''] = [0, 1, 2].map((at) =>
            texts.slice(at * third, (at + 1) * third).join('\n'),
          )
          Object.assign(stage.app.about, { version, runtime, folder })
          await stage.reload()
        },
        times: 1,
        room: 100,
      })
    })

    it('are text in the account and on a recovery kit', async () => {
      await stage.showTogether(injections, {
        put: async (texts) => {
          stage.app.kitWords = texts
          stage.app.account = texts[0] ?? ''
          await home()
          await stage.go('/settings/security', /Settings/)
          await press('Show address')
          await press('Make a new kit')
        },
        // In the list and on the paper.
        times: 2,
        room: 100,
      })
    })

    it('are text in the palette’s field', async () => {
      await home()
      await stage.page.keyboard.press('Control+K')
      await stage.showEach(injections, { put: (text) => stage.page.getByRole('searchbox').fill(text), times: 2 })
    })

    it('are text over the door of a locked vault and in the dialog that deletes it', async () => {
      tell('locked')('a vault')
      await press('Delete this vault')
      await stage.showEach(injections, { put: tell('locked'), times: 3 })
    })

    it('are text in the details of a refusal', async () => {
      tell('locked')('a vault')
      await stage.page.keyboard.press('Escape')
      await stage.showEach(injections, {
        put: async (text) => {
          stage.app.refusal = {
            code: 'INTERNAL',
            details: { reference: text, host: text, fields: [text], [text]: text },
          }
          await stage.page.getByLabel('Passphrase', { exact: true }).fill('a passphrase')
          await stage.page.keyboard.press('Enter')
        },
        times: 1,
      })
    })

    it('are not repeated as the one who holds the vault', async () => {
      stage.app.refusal = { code: 'VAULT_BUSY', details: { host: injections.map(({ text }) => text).join('\n') } }
      await stage.page.getByLabel('Passphrase', { exact: true }).fill('a passphrase')
      await stage.page.keyboard.press('Enter')
      await stage.page.getByText('The vault is open in another Mindkeep. Close it there first.').waitFor()
      expect(await stage.page.getByText('top.hits').count()).toBe(0)
    })

    it('are text as the recovery words somebody typed, and as the ones that are not among them', async () => {
      await press('Use the recovery kit')
      const words = stage.page.getByLabel('Recovery words')
      await stage.showEach(cut(injections, 1024), { put: (text) => words.fill(text), times: 1 })
      await stage.page.getByLabel('New passphrase', { exact: true }).fill('a passphrase')
      await stage.showTogether(injections, {
        put: async (unknown) => {
          stage.app.refusal = { code: 'NOT_RECOVERY_WORDS', details: { unknown } }
          await words.fill('word '.repeat(24))
          await press('Open and set the new passphrase')
        },
        times: 1,
        room: 24,
      })
    })

    it('are nothing but keys as the ids of backups', async () => {
      await press('Back')
      stage.app.tellBackups(['nothing'])
      await press('Restore a backup')
      await stage.showTogether(injections, { put: stage.app.tellBackups, times: 1, room: 100 })
    })

    it('are text as the name of a new vault', async () => {
      stage.app.tellStatus({ state: 'none', name: null })
      await stage.page.getByRole('button', { name: 'Continue', exact: true }).waitFor()
      const name = stage.page.getByRole('textbox').first()
      await stage.showEach(cut(injections, 80), { put: (text) => name.fill(text), times: 1 })
    })

    it('do not turn the sentence around them back to front', async () => {
      const { app, page } = stage
      tell('unlocked')('a vault')
      await home()
      for (const name of [...directing, ...foreign]) {
        app.tellLog([name])
        tell('unlocked')(name)
        await expect.poll(async () => (await look(page, '')).words.split(seenOf(name)).length).toBeGreaterThan(3)
        for (const words of ['” is open on this computer.', 'You changed “a setting” from ', ' to ']) {
          expect(await standsInOrder(page, words), `${words} around ${name}`).toBe(true)
        }
      }
    })

    it('would be noticed here, had the page made anything of one: the first negative control', async () => {
      const { page, showEach } = stage
      tell('unlocked')('a vault')
      await home()
      const [one] = injections
      const onto = (act: (text: string) => void) => async (text: string) => {
        tell('unlocked')(text)
        if (text === one?.text) await page.evaluate(act, text)
      }
      const first = injections.slice(0, 1)
      const mark = onto((text) => void (window.hits = [text]))
      await expect(showEach(first, { put: mark, times: 1 })).rejects.toThrow()
      await page.evaluate(() => delete window.hits)
      const element = onto((text) => document.body.append(document.createElement('b'), text))
      await expect(showEach(first, { put: element, times: 1 })).rejects.toThrow()
      const request = onto(
        (text) => void (new Image().src = /http:[^"')\s>]+/.exec(text)?.[0] ?? 'http://127.0.0.1:9/'),
      )
      await expect(showEach(first, { put: request, times: 1 })).rejects.toThrow()
    })

    it('hit a page without rules, each of them: the second negative control', async () => {
      const bare = await openHostileSite()
      const browser = await launchChromium()
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${bare.port}/`)
      stage.sink.take()
      await page.evaluate(
        (texts) => {
          for (const text of texts) {
            const frame = document.body.appendChild(document.createElement('iframe'))
            if (frame.contentDocument !== null) frame.contentDocument.body.innerHTML = text
          }
        },
        injections.map(({ text }) => text),
      )
      const hit = new Set<string>()
      const unhit = async () => {
        for (const mark of stage.sink.take()) hit.add(mark)
        for (const mark of await page.evaluate(() => window.hits ?? [])) hit.add(mark)
        return injections.filter(({ mark }) => !hit.has(mark)).map(({ text }) => text)
      }
      await expect.poll(unhit, { timeout: 30_000 }).toEqual([])
      for (const name of directing) {
        await page.evaluate((text) => {
          document.body.textContent = `“${text}” is open on this computer.`
        }, name)
        expect(await standsInOrder(page, '” is open on this computer.'), name).toBe(false)
      }
      await browser.close()
      await bare.close()
    })
  },
)
