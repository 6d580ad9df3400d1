// The few words the desktop says outside its window: menus, the tray, notifications. They carry no content of the vault.

const en = {
  open: 'Open Mindkeep',
  lock: 'Lock now',
  quit: 'Quit Mindkeep',
  file: 'File',
  view: 'View',
  leave: 'Open this address in your browser?',
  leaveText: 'This leaves Mindkeep. Whoever runs that address can see that you came, and from where.',
  cancel: 'Cancel',
  openInBrowser: 'Open in the browser',
  lockSoon: 'Mindkeep locks in 30 seconds. Click to stay.',
  restarted: 'Mindkeep’s vault stopped and was started again. It is locked now; nothing that was saved is lost.',
  gaveUp:
    'Mindkeep’s vault keeps stopping, so it was not started again. Start Mindkeep anew; if that does not help, restore a backup.',
  pageGaveUp:
    'Mindkeep’s window keeps crashing, so it was not opened again. Your vault is unharmed. Start Mindkeep anew.',
}

const de: Words = {
  open: 'Mindkeep öffnen',
  lock: 'Jetzt sperren',
  quit: 'Mindkeep beenden',
  file: 'Datei',
  view: 'Ansicht',
  leave: 'Diese Adresse im Browser öffnen?',
  leaveText: 'Damit verlässt du Mindkeep. Wer diese Adresse betreibt, kann sehen, dass und von wo du kamst.',
  cancel: 'Abbrechen',
  openInBrowser: 'Im Browser öffnen',
  lockSoon: 'Mindkeep sperrt sich in 30 Sekunden. Klicken, um weiterzuarbeiten.',
  restarted:
    'Der Tresor von Mindkeep wurde unterbrochen und neu gestartet. Er ist jetzt gesperrt; nichts Gespeichertes ging verloren.',
  gaveUp:
    'Der Tresor von Mindkeep wird immer wieder unterbrochen und wurde deshalb nicht neu gestartet. Starte Mindkeep neu; hilft das nicht, stelle eine Sicherung wieder her.',
  pageGaveUp:
    'Das Fenster von Mindkeep stürzt immer wieder ab und wurde deshalb nicht erneut geöffnet. Dein Tresor ist unversehrt. Starte Mindkeep neu.',
}

export type Words = { readonly [K in keyof typeof en]: string }

export const wordsFor = (locale: string): Words => (locale.toLowerCase().split('-')[0] === 'de' ? de : en)
