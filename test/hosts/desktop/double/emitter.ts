// How the double's objects are listened to and how a test emits at them. Every name that was listened for or emitted is
// remembered, so that a test can hold them all against Electron's own declarations.
import { EventEmitter } from 'node:events'

type Listener = (...args: never[]) => unknown

export interface Heard {
  readonly of: string
  readonly event: string
}

export interface Ear {
  readonly on: (event: string, listener: Listener) => unknown
  readonly once: (event: string, listener: Listener) => unknown
  readonly off: (event: string, listener: Listener) => unknown
  /** Answers whether anybody listened. */
  readonly emit: (event: string, ...args: unknown[]) => boolean
}

export function createEar(of: string, heard: Heard[]): Ear {
  const emitter = new EventEmitter()
  const noting = (how: 'on' | 'once' | 'off') => (event: string, listener: Listener) => {
    heard.push({ of, event })
    return emitter[how](event, listener as (...args: unknown[]) => void)
  }
  return {
    on: noting('on'),
    once: noting('once'),
    off: noting('off'),
    emit(event, ...args) {
      heard.push({ of, event })
      return emitter.emit(event, ...args)
    },
  }
}

/** An event that remembers whether it was prevented. */
export function createEvent() {
  let prevented = false
  return {
    get prevented() {
      return prevented
    },
    event: {
      preventDefault() {
        prevented = true
      },
    },
  }
}
