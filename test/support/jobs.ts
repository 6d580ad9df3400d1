// Waiting for work to end, whatever comes of it. How long that takes is nobody's claim: a test that hangs is ended as such.
import type { Job } from '../../shared/api/jobs.ts'

export async function jobEnded(list: () => readonly Job[] | Promise<readonly Job[]>, id: string): Promise<Job> {
  for (;;) {
    const job = (await list()).find((one) => one.id === id)
    if (job === undefined) throw new Error('the job is not listed')
    if (job.endedAt !== null) return job
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
