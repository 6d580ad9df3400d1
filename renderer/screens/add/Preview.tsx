// What was found before anything is kept: how much of it is new, of which kinds, from when, a few of the things
// themselves, and what could not be read.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preview as Found } from '../../../shared/api/imports.ts'
import type { ItemType } from '../../../shared/api/items.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { FormActions } from '../../ui/Form.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EmptyState, RowDetail, Section } from '../../ui/Layout.tsx'
import { ListRow } from '../../ui/ListRow.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BringBackForm } from '../../words/BringBackForm.tsx'
import type { IntakeState } from '../../words/intake.ts'
import { useIntake } from '../../words/IntakeProvider.tsx'
import { iconOfType, useItemTitle } from '../../words/items.ts'
import styles from './Add.module.css'
import { Asks } from './Asks.tsx'
import { Files } from './Files.tsx'
import { ProblemList } from './ProblemList.tsx'

interface PreviewProps {
  readonly chosen: Extract<IntakeState, { readonly at: 'chosen' }>
  readonly found: Found
}

export function Preview({ chosen, found }: PreviewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { add, stop } = useIntake()
  const [adding, setAdding] = useState(false)
  const worth = found.added + found.changed
  const known = worth + found.duplicate
  const begin = async () => {
    setAdding(true)
    const id = await add()
    setAdding(false)
    if (id !== undefined) await navigate({ to: '/add/$id', params: { id } })
  }
  const ours = found.problems.find(({ why }) => why === 'is-export')
  const [only, ...others] = chosen.handles
  // Its name alone does not say which of several files it is.
  if (ours !== undefined && only !== undefined && others.length === 0 && known === 0)
    return (
      <Section title={t('add.export.title')}>
        <RowDetail>
          <BringBackForm file={ours.path} hand={async () => only} onDone={stop} onCancel={stop} />
        </RowDetail>
      </Section>
    )
  return (
    <div className={styles['stack']}>
      <Asks key={chosen.job} asks={found.asks} options={chosen.options} problems={found.problems} />
      {chosen.refused.length > 0 && (
        <Notice tone="warn" title={t('add.refused', { count: chosen.refused.length })}>
          <ul>
            {chosen.refused.slice(0, 20).map(({ path, error }) => (
              <li key={path}>
                <bdi>{path}</bdi>: {t(`errors.${error.code}`)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Section title={t('add.preview.title')}>
        {known === 0 ? (
          <EmptyState icon="document" title={t('add.preview.nothing')}>
            {t('add.preview.nothingHint')}
          </EmptyState>
        ) : (
          <Summary found={found} />
        )}
        <div className={styles['actions']}>
          <p className={styles['hint']}>
            {worth > 0 ? t('add.preview.undoable') : known > 0 ? t('add.preview.noneNew') : ''}
          </p>
          <FormActions>
            {worth > 0 && (
              <Button look="filled" icon="add" onPress={() => void begin()} busy={adding}>
                {t('add.preview.add', { count: worth, number: format.number(worth) })}
              </Button>
            )}
            <Button look={worth > 0 ? 'quiet' : 'outlined'} onPress={stop}>
              {worth > 0 ? t('do.cancel') : t('add.preview.others')}
            </Button>
          </FormActions>
        </div>
      </Section>
      {found.samples.length > 0 && <Samples samples={found.samples} />}
      {found.problems.length > 0 && (
        <Section title={t('add.problems')}>
          <ProblemList problems={found.problems} unlisted={found.problemsUnlisted} />
        </Section>
      )}
      <Files files={found.files} />
    </div>
  )
}

function Summary({ found }: { readonly found: Found }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { added, changed, duplicate, failed, types, from, to } = found
  const figures = [
    { id: 'added', value: added },
    { id: 'changed', value: changed },
    { id: 'duplicate', value: duplicate },
    { id: 'failed', value: failed },
  ] as const
  const kinds = Object.entries(types) as [ItemType, number][]
  return (
    <div className={styles['summary']}>
      <dl className={styles['figures']}>
        {figures
          .filter(({ id, value }) => id === 'added' || value > 0)
          .map(({ id, value }) => (
            <div key={id} className={styles['figure']}>
              <dt>{t(`add.preview.${id}`)}</dt>
              <dd>{format.number(value)}</dd>
            </div>
          ))}
      </dl>
      {from !== null && to !== null && (
        <p>
          {from === to
            ? t('add.preview.day', { day: format.calendarDay(from) })
            : t('add.preview.range', { from: format.calendarDay(from), to: format.calendarDay(to) })}
        </p>
      )}
      <ul className={styles['kinds']}>
        {kinds
          .toSorted(([, a], [, b]) => b - a)
          .map(([type, count]) => (
            <li key={type} className={styles['kind']}>
              <Icon name={iconOfType(type)} size="small" />
              <span>{t(`library.type.${type}`)}</span>
              <span className={styles['number']}>{format.number(count)}</span>
            </li>
          ))}
      </ul>
    </div>
  )
}

function Samples({ samples }: { readonly samples: Found['samples'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const titleOf = useItemTitle()
  return (
    <Section title={t('add.preview.samples')}>
      <ul className={styles['samples']}>
        {samples.map((sample, at) => (
          <li key={at}>
            <ListRow
              icon={iconOfType(sample.type)}
              title={titleOf(sample)}
              dense
              {...(sample.day === null ? {} : { date: format.calendarDay(sample.day), at: sample.day })}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
