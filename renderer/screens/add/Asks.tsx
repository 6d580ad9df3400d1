// What the person has to say before everything can be read: a password, which column holds what, how dates are written.
// Each answer looks at the files anew.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Columns, ImportOptions, ImportProblem, Preview } from '../../../shared/api/imports.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, FormActions } from '../../ui/Form.tsx'
import { RowDetail, Section } from '../../ui/Layout.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Table } from '../../ui/Table.tsx'
import { useIntake } from '../../words/IntakeProvider.tsx'
import styles from './Add.module.css'

type Ask = Preview['asks'][number]
type ColumnsAsk = Extract<Ask, { readonly for: 'columns' }>
type Order = NonNullable<ImportOptions['dateOrder']>

interface AsksProps {
  readonly asks: readonly Ask[]
  readonly options: ImportOptions
  readonly problems: readonly ImportProblem[]
}

export function Asks({ asks, options, problems }: AsksProps) {
  const { look } = useIntake()
  const password = asks.find((ask) => ask.for === 'password')
  const columns = asks.find((ask) => ask.for === 'columns')
  const dates = asks.find((ask) => ask.for === 'date-order')
  const isWrong = problems.some(({ why }) => why === 'wrong-password')
  return (
    <>
      {(password !== undefined || isWrong) && (
        <PasswordAsk
          path={password?.path ?? problems.find(({ why }) => why === 'wrong-password')?.path ?? ''}
          wrong={isWrong}
          onAnswer={(typed) => void look({ ...options, password: typed })}
        />
      )}
      {dates !== undefined && (
        <DateOrderAsk ask={dates} onAnswer={(dateOrder) => void look({ ...options, dateOrder })} />
      )}
      {columns !== undefined && (
        <ColumnsForm
          ask={columns}
          onAnswer={(told) =>
            void look({ ...options, columns: [...(options.columns ?? []).slice(1 - mostTold), told] })
          }
        />
      )}
    </>
  )
}

interface PasswordAskProps {
  readonly path: string
  readonly wrong: boolean
  readonly onAnswer: (password: string) => void
}

function PasswordAsk({ path, wrong, onAnswer }: PasswordAskProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState(wrong)
  return (
    <Section title={t('add.ask.password.title')}>
      <RowDetail>
        <Form onSubmit={() => typed !== '' && onAnswer(typed)}>
          <p>{t('add.ask.password.text', { file: path })}</p>
          <PassphraseField
            label={t('add.ask.password.label')}
            value={typed}
            onChange={(text) => {
              setTyped(text)
              setRefused(false)
            }}
            error={refused ? t('add.ask.password.wrong') : null}
            takesFocus
          />
          <FormActions>
            <Button type="submit" icon="unlock" isDisabled={typed === ''}>
              {t('add.ask.password.open')}
            </Button>
          </FormActions>
        </Form>
      </RowDetail>
    </Section>
  )
}

/** As many of these as are taken at once; what was said first makes room. */
const mostTold = 100
const roles = ['date', 'title', 'body', 'amount', 'currency', 'who'] as const
/** No column can be called so: names are trimmed. */
const none = ' '

interface ColumnsFormProps {
  readonly ask: ColumnsAsk
  readonly onAnswer: (told: Columns) => void
}

function ColumnsForm({ ask, onAnswer }: ColumnsFormProps) {
  const { t } = useTranslation()
  const [told, setTold] = useState<Columns>({})
  const choices = [
    { value: none, label: t('add.ask.columns.none') },
    ...ask.columns.map((name) => ({ value: name, label: name })),
  ]
  const choose = (role: (typeof roles)[number], name: string) =>
    setTold((before) => {
      const { [role]: _was, ...others } = before
      return name === none ? others : { ...others, [role]: name }
    })
  return (
    <Section title={t('add.ask.columns.heading')}>
      <RowDetail>
        <Form onSubmit={() => onAnswer(told)}>
          <p>{t('add.ask.columns.text', { file: ask.path })}</p>
          <Table
            label={t('add.ask.columns.rows')}
            columns={ask.columns.map((name, at) => ({ id: String(at), title: <bdi>{name}</bdi> }))}
            rows={ask.rows.map((cells) => cells.map((cell, at) => <bdi key={at}>{cell}</bdi>))}
          />
          <div className={styles['choices']}>
            {roles.map((role) => (
              <div key={role} className={styles['choice']}>
                <span aria-hidden="true">{t(`add.ask.columns.${role}`)}</span>
                <Select
                  label={t(`add.ask.columns.${role}`)}
                  value={told[role] ?? none}
                  options={choices}
                  onChange={(name) => choose(role, name)}
                />
              </div>
            ))}
          </div>
          <FormActions>
            <Button type="submit" isDisabled={Object.keys(told).length === 0}>
              {t('add.ask.columns.use')}
            </Button>
          </FormActions>
        </Form>
      </RowDetail>
    </Section>
  )
}

interface DateOrderAskProps {
  readonly ask: Extract<Ask, { readonly for: 'date-order' }>
  readonly onAnswer: (order: Order) => void
}

function DateOrderAsk({ ask, onAnswer }: DateOrderAskProps) {
  const { t } = useTranslation()
  return (
    <Section title={t('add.ask.dates.title')}>
      <RowDetail>
        <div className={styles['stackTight']}>
          <p>{t('add.ask.dates.text', { file: ask.path, example: ask.example })}</p>
          <p className={styles['hint']}>{t(`add.ask.dates.assumed.${ask.assumed}`)}</p>
          <FormActions>
            <Button onPress={() => onAnswer('day-first')}>{t('add.ask.dates.dayFirst')}</Button>
            <Button onPress={() => onAnswer('month-first')}>{t('add.ask.dates.monthFirst')}</Button>
          </FormActions>
        </div>
      </RowDetail>
    </Section>
  )
}
