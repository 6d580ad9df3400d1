// Brings a browser for the tests where that is easy and wanted: as root on Debian, from Debian itself. Anywhere else it
// installs nothing, because a test command has no business changing somebody's computer.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

interface InstallParts {
  readonly say: (text: string) => void
}

export function canInstallChromium(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && isDebian() && existsSync('/usr/bin/apt-get')
}

export function installChromium({ say }: InstallParts): void {
  say("Installing Debian's Chromium for the tests that need a browser …")
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', ['--quiet=2', ...args], { env, stdio: 'ignore', timeout: 300_000 })
    if (status !== 0) return say(`It could not be installed (apt-get ${args[0]} did not work).`)
  }
}

/** Ubuntu's package only starts a snap, which a container cannot run; so the name must be Debian's own. */
function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}
