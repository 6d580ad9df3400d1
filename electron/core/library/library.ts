// The library: everything a person owns, as items. (Front door.)
export type { NewAttachment, NewItem, NewLink, NewPerson, When } from './new-item.ts'
