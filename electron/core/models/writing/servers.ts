// Looks for other programs on this computer that have models, at the ports they usually take. Only when the person asks.
import type { programs } from '../../../../shared/api/writing.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { Network } from '../../network/network.ts'
import { modelsAt } from './server.ts'

export interface UsualPlace {
  readonly program: (typeof programs)[number]
  readonly port: number
}

export interface FoundServer {
  readonly server: string
  readonly program: UsualPlace['program']
  readonly models: readonly string[]
}

export const usualPlaces: readonly UsualPlace[] = [
  { program: 'ollama', port: 11_434 },
  { program: 'llama.cpp', port: 8080 },
  { program: 'lm-studio', port: 1234 },
]

export async function findServers(ask: Network['ask'], places: readonly UsualPlace[]): Promise<readonly FoundServer[]> {
  const found = await Promise.all(
    places.map(async ({ program, port }): Promise<readonly FoundServer[]> => {
      const server = `http://localhost:${port}`
      try {
        return [{ server, program, models: await modelsAt(ask, server) }]
      } catch (error) {
        if (error instanceof AppError && error.code === 'VAULT_LOCKED') throw error
        // Nobody is there, or somebody who has no models.
        return []
      }
    }),
  )
  return found.flat()
}
