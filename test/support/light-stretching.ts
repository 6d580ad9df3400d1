// The weakest settings a vault may have, where the strength of a passphrase is not what a test is about: it is opened at once.
export const lightStretching = { memoryKiB: 19 * 1024, passes: 2 }
