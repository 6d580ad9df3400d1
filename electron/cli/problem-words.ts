// Why a file, or something in it, could not be read, and what to do about it: as the page says it, but for what is done in
// another way at a terminal.
import type { ProblemReason } from '../../shared/api/imports.ts'

export const problemWords: Readonly<Record<ProblemReason, string>> = {
  'not-recognised':
    'Mindkeep does not know this kind of file. Everything else was read. If it can be saved in another format, try that.',
  empty: 'There is nothing in this file to keep. Check whether it was saved or downloaded whole.',
  'cut-short': 'The file ends too early. What came before is kept. Download or export it once more.',
  damaged:
    'This part does not follow the rules of its format. The rest was read. Export it once more if something is missing.',
  'open-quote':
    'A cell begins here with a quotation mark and does not end, or is far too long. That cell was left out, and the rest was read. Close the quotation mark and add the file again.',
  'too-large': 'This is larger than Mindkeep reads in one piece. Export it in smaller parts.',
  'too-deep': 'It is nested deeper than any honest file, so it was not followed further.',
  'too-many': 'There are more parts in it than Mindkeep reads. Export it in smaller parts.',
  'too-slow': 'Reading it took too long without any sign of progress, so it was given up. The other files were read.',
  'out-of-memory': 'Reading it needed more memory than it may have. Export it in smaller parts.',
  'needs-password': 'It is locked with a password. --archive-password-file gives it.',
  'wrong-password': 'That password does not open it.',
  'locked-inside':
    'It is locked with a password by the program that wrote it, and only that program can open it. Save it there without the password, and bring that.',
  'unsafe-path':
    'Its name in the archive leads out of the archive, so it was not read. Take it out by hand if you trust it.',
  link: 'It is a link to something else and was not followed. Add what it leads to instead.',
  'nested-too-deep': 'It is an archive in an archive in an archive. Unpack it once and add what comes out.',
  bomb: 'Unpacked it would be far larger than it pretends to be, so it was left alone. It may be meant to do harm.',
  'wrong-encoding': 'Its letters are written in a way that could not be told. Save it as UTF-8 and add it again.',
  'not-a-date':
    'The date could not be understood, so this entry was left out. Correct it in the file and add the file again.',
  'no-such-date':
    'A date here does not exist or could not be understood, so the entry was added without it. Correct it in the file, undo this import and add the file again.',
  'no-content': 'There is nothing in this entry to keep.',
  'repeats-without-end': 'It repeats without end or absurdly often. The first time is kept.',
  'forbidden-markup': 'It contains instructions that can do harm, so it was not read further.',
  'needs-columns': 'It does not say which column holds what. --columns says so.',
  'only-pictures': 'It has pictures of pages and no text, such as a scan. The text would have to be recognised first.',
  gone: 'It is not there any more, or may not be read. Put it back, or choose it again.',
  'reader-failed': 'The part of Mindkeep that reads it stopped unexpectedly. The other files were read.',
  'is-export':
    'This is an export of Mindkeep. It comes back whole, not file by file: "mindkeep restore" brings it back.',
}
