// Each act of the log as one plain sentence in the person's language, with an icon to find it by.
import { useTranslation } from 'react-i18next'
import type { ListedAct } from '../../shared/api/ledger.ts'
import { useFormat } from '../ui/format.tsx'
import type { IconName } from '../ui/Icon.tsx'

const icons: Record<ListedAct['act'], IconName> = {
  'vault.created': 'shield',
  'vault.unlocked': 'unlock',
  'vault.locked': 'lock',
  'vault.deep-erased': 'trash',
  'passphrase.changed': 'key',
  'kit.renewed': 'kit',
  'device-key.set': 'device',
  'keys.repaired': 'key',
  'settings.changed': 'settings',
  'backup.made': 'backup',
  'backup.removed': 'backup',
  'backup.restored': 'undo',
  'import.finished': 'save',
  'import.undone': 'undo',
  'note.written': 'edit',
  'version.restored': 'undo',
  'items.level-set': 'shield',
  'items.trashed': 'trash',
  'items.untrashed': 'undo',
  'items.erased': 'trash',
  'change.undone': 'undo',
  'export.made': 'save',
  'export.restored': 'undo',
  'model.added': 'save',
  'model.removed': 'trash',
  'log.rollback-seen': 'warn',
  unknown: 'activity',
}

export const iconOf = (act: ListedAct): IconName => icons[act.act]

const knownSettings = [
  'autoLockMinutes',
  'singleKeyShortcuts',
  'backupEveryDay',
  'searchRecency',
  'searchHalfLifeDays',
  'network',
  'remoteHosts',
  'writer',
] as const

/** Answers the function that makes the sentence, and the remark that belongs under it, if any. */
export function useActWords(): (act: ListedAct) => { readonly sentence: string; readonly remark: string | null } {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = (value: string | number | boolean): string => {
    if (typeof value === 'boolean') return value ? t('activity.on') : t('activity.off')
    return typeof value === 'number' ? format.number(value) : value
  }
  const minutes = (value: string | number | boolean): string => format.duration(Number(value) * 60)
  const counted = (count: number) => ({ count, number: format.number(count) })
  const sentence = (act: ListedAct): string => {
    switch (act.act) {
      case 'vault.created':
        return t(`activity.act.vault.created.${act.host}`)
      case 'vault.unlocked':
        return t(`activity.act.vault.unlocked.${act.by}.${act.host}`)
      case 'vault.locked':
        return t(`activity.act.vault.locked.${act.why}`)
      case 'passphrase.changed':
        return t(`activity.act.passphrase.changed.${act.by}`)
      case 'device-key.set':
        return t(`activity.act.device-key.set.${act.on ? 'on' : 'off'}`)
      case 'settings.changed': {
        const known = knownSettings.find((name) => name === act.setting) ?? 'other'
        const setting = t(`activity.setting.${known}`)
        const say = act.setting === 'autoLockMinutes' ? minutes : shown
        return t('activity.act.settings.changed', { setting, from: say(act.from), to: say(act.to) })
      }
      case 'import.finished':
        return [
          t('activity.act.import.finished', counted(act.added)),
          ...(act.changed > 0 ? [t('activity.act.import.renewed', counted(act.changed))] : []),
          ...(act.duplicate > 0 ? [t('activity.act.import.known', counted(act.duplicate))] : []),
          ...(act.failed > 0 ? [t('activity.act.import.failed', counted(act.failed))] : []),
        ].join(' ')
      case 'import.undone':
        return [
          t('activity.act.import.undone', counted(act.removed + act.restored)),
          ...(act.handedOver > 0 ? [t('activity.act.import.handed', counted(act.handedOver))] : []),
        ].join(' ')
      case 'export.made':
        return t(`activity.act.export.made.${act.kind}`, counted(act.items))
      case 'export.restored':
        return [
          t('activity.act.export.restored', counted(act.added + act.changed)),
          ...(act.duplicate > 0 ? [t('activity.act.import.known', counted(act.duplicate))] : []),
        ].join(' ')
      case 'model.added':
        return t(`activity.act.model.added.${act.from}`, { model: act.model })
      case 'model.removed':
        return t('activity.act.model.removed', { model: act.model })
      case 'log.rollback-seen':
        return t('activity.act.log.rollback-seen', { expected: act.expected, found: act.found })
      case 'note.written':
        return t(`activity.act.note.written.${act.isNew ? 'new' : 'again'}`)
      case 'items.level-set':
        return t('activity.act.items.level-set', { count: act.items, level: t(`activity.level.${act.level}`) })
      case 'items.trashed':
      case 'items.untrashed':
        return t(`activity.act.${act.act}`, { count: act.items })
      case 'items.erased':
        return t(`activity.act.items.erased.${act.why}`, { count: act.items })
      case 'change.undone':
        return t(`activity.act.change.undone.${act.again ? 'again' : 'once'}`, { count: act.items })
      case 'vault.deep-erased':
      case 'kit.renewed':
      case 'keys.repaired':
      case 'backup.made':
      case 'backup.removed':
      case 'backup.restored':
      case 'version.restored':
      case 'unknown':
        break
    }
    // These say it all by their name.
    return t(`activity.act.${act.act}`)
  }
  return (act) => ({
    sentence: sentence(act),
    remark:
      act.act === 'vault.unlocked' && act.failedBefore > 0
        ? t('activity.act.failedBefore', { count: act.failedBefore })
        : null,
  })
}
