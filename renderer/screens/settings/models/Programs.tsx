// Other programs on this computer that have models: looked for only when the person asks, or named by their address.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../shared/api/api.ts'
import { useAction, useClient } from '../../../api.ts'
import { Button } from '../../../ui/Button.tsx'
import { Form } from '../../../ui/Form.tsx'
import { Pill, RowDetail, SettingRow } from '../../../ui/Layout.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { ErrorNotice } from '../../../words/ErrorNotice.tsx'
import styles from './Models.module.css'
import { Speed } from './Speed.tsx'

type Found = Pick<Output<'writing.findServers'>['servers'][number], 'server' | 'models'> & { readonly name: string }

/** A point in a key would lead further down. */
const programKeys = { ollama: 'ollama', 'llama.cpp': 'llamaCpp', 'lm-studio': 'lmStudio' } as const

export function Programs() {
  const { t } = useTranslation()
  const client = useClient()
  const [found, setFound] = useState<readonly Found[] | null>(null)
  const look = useAction(async () => {
    const { servers } = await client.call('writing.findServers', {})
    setFound(
      servers.map(({ program, ...one }) => ({ ...one, name: t(`settings.models.program.${programKeys[program]}`) })),
    )
  })
  return (
    <>
      <SettingRow icon="plug" title={t('settings.models.programs.name')} hint={t('settings.models.programs.hint')}>
        <Button onPress={() => void look.run()} busy={look.busy}>
          {t('settings.models.programs.look')}
        </Button>
      </SettingRow>
      <Named onFound={(one) => setFound([one, ...(found ?? []).filter(({ server }) => server !== one.server)])} />
      {look.error !== null && (
        <RowDetail>
          <ErrorNotice error={look.error} />
        </RowDetail>
      )}
      {found?.length === 0 && (
        <RowDetail>
          <Notice live>{t('settings.models.programs.none')}</Notice>
        </RowDetail>
      )}
      {found !== null && found.length > 0 && (
        <ul>
          {found.flatMap(({ server, name, models }) =>
            models.map((model) => (
              <li key={`${server} ${model}`}>
                <SettingRow
                  icon="edit"
                  title={
                    <>
                      {model} <Pill tone="ok">{t('settings.models.programs.here')}</Pill>
                    </>
                  }
                  hint={`${name} · ${server}`}
                />
                <Speed writer={{ model, server }} name={model} />
              </li>
            )),
          )}
        </ul>
      )}
    </>
  )
}

function Named({ onFound }: { readonly onFound: (found: Found) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const [address, setAddress] = useState('')
  const test = useAction(async () => {
    const server = address.trim().replace(/\/+$/, '')
    const { models } = await client.call('writing.modelsAt', { server })
    onFound({ server, models, name: t('settings.models.programs.other') })
  })
  return (
    <RowDetail>
      <Form onSubmit={() => void test.run()}>
        <div className={styles['address']}>
          <TextField label={t('settings.models.programs.address')} value={address} onChange={setAddress} />
          <Button type="submit" busy={test.busy} isDisabled={address.trim() === ''}>
            {t('settings.models.programs.test')}
          </Button>
        </div>
        {test.error?.code === 'INVALID_INPUT' ? (
          <Notice tone="danger" live>
            {t('settings.models.programs.onlyHere')}
          </Notice>
        ) : (
          <ErrorNotice error={test.error} />
        )}
      </Form>
    </RowDetail>
  )
}
