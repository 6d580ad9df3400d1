// What is found by what it says, and not by its words alone: how much of the vault is understood, what is not and why, and
// going on where it was stopped.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useAnswer, useClient } from '../../api.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { useFormat } from '../../ui/format.tsx'
import { Section, SettingRow } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ErrorNotice } from '../../words/ErrorNotice.tsx'
import { iconOfType, useItemTitle } from '../../words/items.ts'

const shownAtFirst = 5
const shownMore = 100

export function Understanding() {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useClient()
  const { state, stopped } = useAnswer('search.understood', {})
  const goOn = useAction(() => client.call('search.understand', {}))
  if (state === null) {
    return (
      <Section title={t('settings.understood.title')}>
        <Notice tone="warn" title={t('settings.understood.noModel')}>
          {t('settings.understood.noModelHint')}
        </Notice>
      </Section>
    )
  }
  const { understood, items, failed } = state
  const waits = items - understood - failed
  return (
    <Section title={t('settings.understood.title')}>
      <SettingRow
        icon="search"
        title={t('settings.understood.count', { understood: format.number(understood), items: format.number(items) })}
        hint={
          stopped && waits > 0
            ? t('settings.understood.stopped', { count: waits, number: format.number(waits) })
            : t('settings.understood.hint')
        }
      >
        {stopped && waits > 0 && (
          <Button icon="play" onPress={() => void goOn.run()} busy={goOn.busy}>
            {t('settings.understood.goOn')}
          </Button>
        )}
      </SettingRow>
      <ErrorNotice error={goOn.error} />
      {failed > 0 && <NotUnderstood failed={failed} />}
    </Section>
  )
}

function NotUnderstood({ failed }: { readonly failed: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const titleOf = useItemTitle()
  const [limit, setLimit] = useState(shownAtFirst)
  const { rows, total } = useAnswer('search.notUnderstood', { offset: 0, limit })
  return (
    <>
      <SettingRow
        icon="info"
        title={t('settings.understood.failed', { count: failed, number: format.number(failed) })}
        hint={t('settings.understood.failedHint')}
      />
      <ul>
        {rows.map(({ id, type, title, why }) => (
          <li key={id}>
            <SettingRow
              icon={iconOfType(type)}
              title={<bdi>{titleOf({ type, title })}</bdi>}
              hint={t(`settings.understood.why.${why}`)}
            >
              <LinkButton look="quiet" href={`#/library/${id}`}>
                {t('settings.understood.open')}
              </LinkButton>
            </SettingRow>
          </li>
        ))}
      </ul>
      {total > rows.length && rows.length < shownMore && (
        <Button look="quiet" onPress={() => setLimit(shownMore)}>
          {t('settings.understood.more')}
        </Button>
      )}
    </>
  )
}
