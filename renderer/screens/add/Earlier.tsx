// Every import there was, the newest first. What was cut short and what runs stands among them.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportSummary } from '../../../shared/api/imports.ts'
import { useAnswer } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Pill, RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { useImportName, useResultWords, useWaiting } from '../../words/imports.ts'

const fewest = 5

const tones: Record<ImportSummary['state'], 'plain' | 'ok' | 'warn'> = {
  running: 'plain',
  interrupted: 'warn',
  done: 'ok',
  stopped: 'warn',
  failed: 'warn',
  undone: 'plain',
  undoing: 'plain',
  'half-undone': 'warn',
}

export function Earlier() {
  const { t } = useTranslation()
  const format = useFormat()
  const result = useResultWords()
  const nameOf = useImportName()
  const isWaiting = useWaiting()
  const imports = useAnswer('imports.list', {})
  const [all, setAll] = useState(false)
  if (imports.length === 0) return null
  const shown = all ? imports : imports.slice(0, fewest)
  return (
    <Section title={t('add.earlier.title')}>
      <ul>
        {shown.map((one) => (
          <li key={one.id}>
            <SettingRow
              icon="import"
              title={
                <a href={`#/add/${one.id}`}>
                  <bdi>{nameOf(one.name)}</bdi>
                </a>
              }
              hint={`${format.atStart(format.when(one.at))} · ${result(one)}`}
            >
              <Pill tone={tones[one.state]}>{t(`add.state.${isWaiting(one) ? 'waiting' : one.state}`)}</Pill>
            </SettingRow>
          </li>
        ))}
      </ul>
      {shown.length < imports.length && (
        <RowDetail>
          <Button look="quiet" onPress={() => setAll(true)}>
            {t('add.earlier.all', { count: imports.length })}
          </Button>
        </RowDetail>
      )}
    </Section>
  )
}
