// What left this device: every connection that Mindkeep made, to where, why, how much went each way, and which items it was
// about. What went over it is written nowhere.
import { z } from 'zod'
import { itemId } from './items.ts'
import { method } from './method.ts'
import { time } from './values.ts'

/** Why a connection is made; each reason has hosts of its own, and there is no connection without one. */
export const departureReasons = ['model-download', 'local-server', 'remote-model'] as const
export type DepartureReason = (typeof departureReasons)[number]

/** A name of the outside, with the port where that is not the usual one. An address has no certificate to prove it by. */
export const remoteHost = z
  .string()
  .regex(/^(?=.{3,100}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?$/)
const mostRemoteHosts = 10

/** Those that a person allowed, as they stand in the settings and in the log; nothing where there is none. */
export const remoteHostsText = z
  .string()
  .refine((text) => text === '' || z.array(remoteHost).max(mostRemoteHosts).safeParse(text.split(' ')).success)

export const remoteHostsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(' '))

export const departure = z.strictObject({
  id: z.int().positive(),
  at: time,
  /** As it was asked for, with the port where that is not the usual one. */
  host: z.string(),
  reason: z.enum(departureReasons),
  /** It led to another program on this computer, and left it only if that program passed it on. */
  here: z.boolean(),
  sent: z.int().nonnegative(),
  received: z.int().nonnegative(),
  /** The items it was about. They may be gone since. */
  items: z.array(itemId),
  /** `unreached`: nobody was there. `cut-short`: Mindkeep ended first, so that more may have gone than was counted. */
  ended: z.enum(['done', 'stopped', 'failed', 'unreached', 'cut-short']).nullable(),
})
export type Departure = z.infer<typeof departure>

export const networkApi = {
  'network.list': method({
    input: z.strictObject({ before: z.int().positive().optional(), limit: z.int().min(1).max(200).default(50) }),
    output: z.strictObject({
      departures: z.array(departure),
      total: z.int().nonnegative(),
      /** Of all: those that did not stay on this computer. */
      left: z.int().nonnegative(),
    }),
  }),
}
