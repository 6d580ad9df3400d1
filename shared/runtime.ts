// The runtime Mindkeep needs. Hosts ask before they load anything native: the database takes an older Node down without a
// word. The launcher, which any Node must be able to read, says the same number once more.

export const oldestNode = 24

export const isNodeNewEnough = (version: string): boolean => Number.parseInt(version, 10) >= oldestNode
