// The two names that the main process and the preload must agree on.

export const callChannel = 'api:call'
export const eventChannel = 'api:event'
