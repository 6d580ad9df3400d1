// Shows a theme. "system" leaves the choice to the browser, which follows the computer.
import type { Appearance } from '../shared/api/settings.ts'

export function showTheme(root: HTMLElement, theme: Appearance['theme']): void {
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
}
