// What the launcher says to a person, and how it gives up: with one sentence that says what to do next.

export class Refusal extends Error {}

/** Standard output belongs to the task: `--json` must print one value and nothing else. */
export const say = (text) => process.stderr.write(`${text}\n`)
