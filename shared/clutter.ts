// What other programs leave in folders. No person made it, and nobody wants it in a vault.
const clutter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '__MACOSX', '.git', '.obsidian', '.trash'])

/** Whether a part of the path is one that no person made. */
export const isClutter = (path: string): boolean => path.split('/').some((part) => clutter.has(part))
