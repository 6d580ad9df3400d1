// The side of the process: loads a model and writes with it. It keeps nothing between two questions but the model.
import { AppError } from '../../../../shared/errors.ts'
import { serveProcess } from '../../processes.ts'
import { type Library, openLibrary } from '../transformers/library.ts'
import { type Writer, loadWriter } from '../transformers/writer.ts'
import type { Answer, Question, Want } from './protocol.ts'

export function serveWriter(): void {
  let library: Promise<Library> | undefined
  let writer: Writer | undefined

  const load = async (model: Question['model']): Promise<Writer> => {
    library ??= openLibrary()
    const opened = await library
    try {
      return await loadWriter(opened, model)
    } catch (error) {
      throw new AppError('MODEL_UNUSABLE', {}, { cause: error })
    }
  }

  serveProcess<Question, Answer, never, Want>(async (question, { want }) => {
    // One process, one model: for another the core starts another.
    writer ??= await load(question.model)
    let goesOn = true
    let told = Promise.resolve()
    const tell = async (text: string, tokens: number) => {
      if ((await want({ text, tokens })) !== true) goesOn = false
    }
    const written = await writer.write(question, {
      text(piece, tokens) {
        told = told.then(() => tell(piece, tokens))
        return told
      },
      goesOn: () => goesOn,
    })
    await told
    return written
  })
}
