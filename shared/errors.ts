// Every way Mindkeep can refuse or fail, in one list. A code is a promise to callers; the sentence says what happened and
// what to do next. Details carry only what a screen needs to help: never contents, passphrases, keys or paths.

export const errorMessages = {
  INVALID_INPUT: 'That request is not in the form this method expects. Check the fields that are named with it.',
  UNKNOWN_METHOD: 'There is no such method. Run "mindkeep call --list" to see the ones there are.',
  INTERNAL: 'Something went wrong inside Mindkeep. Try again; the log on this device names what it was under this id.',
  NOT_ON_THIS_HOST: 'This can only be done in the desktop app.',
  CANCELLED: 'Stopped, as you asked.',

  NO_VAULT: 'There is no vault here yet. Create one first.',
  VAULT_EXISTS: 'There is already a vault here. Unlock it, or choose another folder.',
  VAULT_LOCKED: 'The vault is locked. Unlock it first.',
  VAULT_BUSY: 'The vault is open in another Mindkeep. Close it there first.',
  VAULT_AT_WORK:
    'Something is being added, taken out or erased right now. Wait until that is done, or stop it, then try again.',
  VAULT_REWRITING: 'Mindkeep is rewriting the vault file. Wait until that is done, then try again.',
  VAULT_DAMAGED: 'The vault file is damaged and was left as it is. Restore a backup to continue.',
  VAULT_FROM_FUTURE: 'This vault was made by a newer Mindkeep and was left untouched. Update Mindkeep to open it.',
  KEYS_DAMAGED:
    'Both copies of the key file are damaged or missing. Restore a backup, or put back a copy of vault.keys.',
  KEYS_OF_ANOTHER_VAULT:
    'The key file does not open the vault file, and every backup here is of another vault than the key file: it was swapped. Put the right vault.keys back, or move vault.keys and vault.keys.bak away and restore one of these backups.',
  UNSAFE_KEY_SETTINGS:
    'The key file asks for a passphrase check outside the safe range, so it was refused. It may have been tampered with; restore a backup.',

  WRONG_PASSPHRASE: 'That is not the passphrase. Check it and try again.',
  WEAK_PASSPHRASE: 'That passphrase is too easy to guess. Use four or more random words, or let Mindkeep suggest one.',
  NOT_RECOVERY_WORDS: 'Those are not 24 recovery words. Compare them with your recovery kit.',
  WRONG_RECOVERY_WORDS: 'Those words do not open this vault. Check that the recovery kit belongs to it.',
  KIT_EXPIRED: 'This recovery kit is no longer waiting. Start again to get a new one.',
  OUTPUT_UNWRITTEN:
    'What was to be printed could not be written. Whatever was asked for may have been done: look before you ask again.',
  WORDS_UNREAD:
    'The vault is made, but nobody read its recovery words, and they are not shown again. Delete it with "mindkeep delete" and create it anew, or open it as a page and make a new recovery kit under Settings, Security.',
  KIT_MISMATCH: 'The words you typed are not the ones on the kit. Check their numbers and try again.',
  WRONG_NAME: 'That is not the name of this vault, so nothing was deleted.',
  DEVICE_KEY_UNAVAILABLE: 'This computer offers no safe place for a device key. Use your passphrase.',
  DEVICE_KEY_FAILED: 'The device key did not open the vault. Use your passphrase.',

  DISK_FULL:
    'The disk that holds the vault is full. Everything saved so far is safe. Free at least 100 MB there, such as old downloads or the system trash, and try again.',
  FOLDER_UNUSABLE:
    'The vault folder, or something in it, cannot be read or written. Check that it is there and belongs to you, and that no other file lies where vault.db, vault.keys, blobs or backups should.',
  NO_SUCH_BACKUP: 'There is no such backup here.',
  BACKUP_OF_ANOTHER_VAULT:
    'That backup belongs to another vault than the one in this folder, so it was not used. Put it into the folder backups of an empty folder and start Mindkeep with that one: mindkeep --vault FOLDER restore-backup.',
  BACKUP_DAMAGED: 'That backup did not pass its check and was not used. Choose another one.',
  CANNOT_PAUSE: 'That work cannot wait half way. Let it finish, or stop it.',
  NO_SUCH_JOB: 'That job is not running any more.',
  NO_SUCH_FILE: 'That file is not waiting to be read any more. Choose it again.',
  FILE_STALLED: 'The file stopped coming, so nothing of it was kept. Add it again.',
  FILE_NOT_AS_SAID:
    'More or less came of the file than was announced, so nothing of it was kept. It may have changed meanwhile. Add it again.',
  NO_SUCH_IMPORT: 'There is no such import.',
  IMPORT_UNDONE: 'That import is undone already. To have it back, add the same files again.',
  IMPORT_FILES_GONE:
    'What that import read is not here any more. Add the same files again: what is here already is not doubled.',
  IMPORT_RUNNING: 'That import is still being read. Stop it first, or let it finish.',
  NOT_AN_EXPORT:
    'That is not an export made by Mindkeep. Choose the .zip or .mindkeep file, or the folder, that one was saved as.',
  EXPORT_DAMAGED:
    'That export is not as it was written: it was cut short or changed. Nothing was taken from it. Use another copy of it.',
  EXPORT_FROM_FUTURE: 'That export was made by a newer Mindkeep. Update Mindkeep to open it.',
  UNSAFE_EXPORT:
    'That export asks for a passphrase check outside the safe range, so it was refused. It may have been tampered with.',
  FOLDER_NOT_EMPTY: 'There is something in that folder already. Choose an empty or a new one.',
  NO_SUCH_NOTICE: 'That notice is not there any more.',

  NO_SUCH_ITEM: 'That item is not in the vault any more.',
  NO_SUCH_VERSION: 'That version of the item is not there any more.',
  NO_SUCH_ATTACHMENT: 'That file is not in the vault any more.',
  NO_SUCH_COLLECTION: 'That collection is not there any more.',
  NO_SUCH_CHANGE: 'That change cannot be undone any more.',
  CHANGED_SINCE: 'Something else has happened to the same items since. Undo that first.',
  NAME_TAKEN: 'There is already a collection of that name. Choose another one.',
  NOT_A_NOTE: 'Only notes can be edited here. What came from elsewhere stays as it came.',

  NETWORK_OFF: 'The network is turned off, so nothing was sent. Turn it on under "What left this device".',
  HOST_NOT_ALLOWED: 'Mindkeep makes no connection to that address for this purpose, so nothing was sent.',
  HOST_UNREACHABLE: 'Nobody answers at that address. Check the connection, and whether the other side is running.',
  HOST_NOT_PROVEN:
    'The other side could not prove that it is who it should be, so nothing was sent. Somebody may stand in between; try again on another network.',
  HOST_SILENT: 'The other side has said nothing for too long. Try again later.',
  CONNECTION_LOST: 'The connection broke before everything had come. Try again.',
  REDIRECT_LOOP: 'The other side only ever sends on to somewhere else. Try again later.',
  ANSWER_TOO_LARGE: 'More came than was asked for, so the connection was ended.',

  NO_SUCH_MODEL: 'There is no such model, or it is here already.',
  MODEL_AT_WORK: 'That model is being fetched or copied right now. Stop that first.',
  MODEL_GONE: 'The hub does not have that model any more, as it was pinned. Choose another one.',
  MODEL_NOT_PUBLIC: 'The hub gives that model only to people who have an account there. Choose another one.',
  MODEL_NOT_AS_RECORDED:
    'What the hub offers under that name is not what is on record, so nothing of it was used. Choose another one.',
  MODEL_WRONG_HASH:
    'What came is not what was asked for: its content is another one. It was thrown away. Try again later.',
  MODEL_REFUSED: 'That model was not taken. The reason is named with this.',
  HUB_BUSY: 'The hub asks to wait. Try again later; what has come so far is kept.',
  HUB_FAILING: 'The hub could not answer. Try again later; what has come so far is kept.',
  HUB_NOT_UNDERSTOOD: 'The hub answered something that is not understood here, so nothing of it was used.',
  MODEL_UNUSABLE:
    'That model cannot be run here: a file of it is missing, cut short or of another kind. Get it again, or choose another one.',
  MODEL_STOPPED: 'The model stopped before it was done. Nothing else was harmed. Try again, or choose another one.',
  MODEL_TOO_LARGE: 'That model needs more memory than it may take here. Choose a smaller one.',
  TOO_MUCH_TO_READ: 'That is more than the model can read at once. Ask about less.',
  NOT_A_MODEL_SERVER: 'What answers at that address does not answer as a server of models does. Check the address.',
  MODEL_SERVER_REFUSED:
    'The other program did not want to write. Check there that the model is still installed and can be loaded.',

  NOT_SIGNED_IN: 'This page has no key to Mindkeep. Open it with a fresh link from the terminal.',
  REQUEST_REFUSED: 'That request did not come from the Mindkeep page, so it was refused.',
  TOO_LARGE: 'That request is too large.',
  TOO_MANY_REQUESTS: 'Too many requests at once. Wait a moment and try again.',
  UNREACHABLE: 'Mindkeep does not answer. Check that it is still running, then try again.',
  WRONG_USAGE: 'That command line is not understood. Run "mindkeep help" to see what there is.',
  NO_HOME_FOLDER: 'There is no home folder to keep a vault in. Say where with --vault DIR and --state DIR.',
  PORT_TAKEN: 'That port is taken by another program. Choose another with --port, or leave it out.',
  NODE_TOO_OLD: 'Mindkeep needs Node 24 or newer. Start it with "npm start", which brings the right one.',
  PAGE_MISSING: 'The page has not been built yet. Run "npm start", which builds it first.',
  CORE_STOPPED:
    'The part of Mindkeep that holds the vault stopped and was started again. The vault is locked; unlock it and try once more.',
  FILE_NOT_SAVED: 'The file could not be saved there. Free some space or choose another folder, then try again.',
} as const

export type ErrorCode = keyof typeof errorMessages

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

export interface ErrorShape {
  readonly code: ErrorCode
  readonly message: string
  readonly details: ErrorDetails
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { readonly cause?: unknown }) {
    super(errorMessages[code], options)
    this.code = code
    this.details = details
  }

  toShape(): ErrorShape {
    return { code: this.code, message: this.message, details: this.details }
  }
}
