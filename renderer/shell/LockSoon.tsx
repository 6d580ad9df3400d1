// Tells the core that the person is here, and the person that the vault is about to lock. Any input starts the time anew;
// the core is told at most once in ten seconds.
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient, useEvent } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'

/** A click by itself is what a screen reader or a voice sends. */
const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'click'] as const
const tellEvery = 10_000

export function LockSoon({ onLock }: { readonly onLock: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [locksAt, setLocksAt] = useState<number | null>(null)
  const told = useRef(0)

  const touch = useEffectEvent(() => {
    if (Date.now() - told.current < tellEvery) return
    told.current = Date.now()
    client.call('vault.touch', {}).then(
      () => setLocksAt(null),
      // Locked in the meantime: the gate shows it.
      () => undefined,
    )
  })
  useEffect(() => {
    const listen = () => touch()
    for (const input of inputs) window.addEventListener(input, listen, { passive: true, capture: true })
    return () => {
      for (const input of inputs) window.removeEventListener(input, listen, { capture: true })
    }
  }, [])

  useEvent('vault.lockSoon', (warning) => {
    // Whatever was told before did not hold the lock off, so the next input counts at once.
    told.current = 0
    setLocksAt(Date.parse(warning.locksAt))
  })
  // Another page of this Mindkeep may have kept the vault open.
  useEvent('vault.changed', (status) => {
    if (status.locksAt !== null && Date.parse(status.locksAt) - Date.now() > 31_000) setLocksAt(null)
  })

  if (locksAt === null) return null
  return (
    <Dialog alert title={t('lockSoon.title')} onClose={() => setLocksAt(null)}>
      <Countdown to={locksAt} onOver={() => setLocksAt(null)} />
      <DialogActions>
        <Button onPress={onLock}>{t('lockSoon.now')}</Button>
        <Button look="filled" takesFocus onPress={() => setLocksAt(null)}>
          {t('lockSoon.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Countdown({ to, onOver }: { readonly to: number; readonly onOver: () => void }) {
  const { t } = useTranslation()
  const [left, setLeft] = useState(() => secondsTo(to))
  const over = useEffectEvent(onOver)
  useEffect(() => {
    const timer = setInterval(() => {
      const seconds = secondsTo(to)
      setLeft(seconds)
      if (seconds === 0) over()
    }, 1000)
    return () => clearInterval(timer)
  }, [to])
  return <p role="timer">{t('lockSoon.text', { count: left })}</p>
}

/** Never more than the warning's own half minute, should the computer's clock be set meanwhile. */
const secondsTo = (at: number): number => Math.min(30, Math.max(0, Math.round((at - Date.now()) / 1000)))
