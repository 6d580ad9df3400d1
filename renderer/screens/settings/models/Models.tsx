// The models on this computer: what is here and what for, what can be had, one's own, and programs that have some.
import { useTranslation } from 'react-i18next'
import { useAction, useAnswer, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { useFormat } from '../../../ui/format.tsx'
import { RowDetail, Section, SettingRow } from '../../../ui/Layout.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import settingsStyles from '../Settings.module.css'
import { ModelRow } from './ModelRow.tsx'
import { Programs } from './Programs.tsx'
import { Remote } from './Remote.tsx'

export function Models() {
  const { t } = useTranslation()
  const format = useFormat()
  const { models, free } = useAnswer('models.list', {})
  const here = models.filter(({ installed }) => installed !== null)
  const toHave = models.filter(({ installed }) => installed === null)
  return (
    <div className={settingsStyles['stack']}>
      <Notice>{t('settings.models.now')}</Notice>
      <Section title={t('settings.models.here')}>
        <ul>
          {here.map((model) => (
            <ModelRow key={model.id} model={model} free={free} />
          ))}
        </ul>
      </Section>
      <Section
        title={t('settings.models.toHave')}
        aside={
          free !== null && (
            <span className={settingsStyles['muted']}>{t('settings.models.free', { bytes: format.bytes(free) })}</span>
          )
        }
      >
        <ul>
          {toHave.map((model) => (
            <ModelRow key={model.id} model={model} free={free} />
          ))}
        </ul>
      </Section>
      <Section title={t('settings.models.own.title')}>
        <AddFolder />
      </Section>
      <Section title={t('settings.models.programs.title')}>
        <Programs />
      </Section>
      <Section title={t('settings.models.remote.title')}>
        <Remote />
      </Section>
    </div>
  )
}

function AddFolder() {
  const { t } = useTranslation()
  const client = useClient()
  const { canPickFiles } = useAnswer('app.about', {})
  const add = useAction(async () => {
    const { handles } = await client.call('imports.pick', { what: 'folder' })
    const [handle] = handles
    if (handle !== undefined) await client.call('models.add', { handle })
  })
  return (
    <>
      <SettingRow
        icon="folder"
        title={t('settings.models.own.name')}
        hint={canPickFiles ? t('settings.models.own.hint') : t('settings.models.own.terminal')}
      >
        {canPickFiles && (
          <Button onPress={() => void add.run()} busy={add.busy}>
            {t('settings.models.own.choose')}
          </Button>
        )}
      </SettingRow>
      {add.error !== null && (
        <RowDetail>
          <ErrorNotice error={add.error} />
        </RowDetail>
      )}
    </>
  )
}
