// Each thing that could not be read: in which file, where in it, why, and what to do about it.
import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../../shared/api/imports.ts'
import { useFormat } from '../../ui/format.tsx'
import { RowDetail, SettingRow } from '../../ui/Layout.tsx'
import { usePlaceOf } from '../../words/imports.ts'
import styles from './Add.module.css'

interface ProblemListProps {
  readonly problems: readonly ImportProblem[]
  /** So many more were only counted. */
  readonly unlisted: number
}

export function ProblemList({ problems, unlisted }: ProblemListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const placeOf = usePlaceOf()
  return (
    <>
      <ul>
        {problems.map((problem, at) => {
          const place = placeOf(problem)
          return (
            <li key={at}>
              <SettingRow
                icon="warn"
                title={
                  <>
                    <bdi>{problem.path}</bdi>
                    {place !== null && ` · ${place}`}
                  </>
                }
                hint={
                  <>
                    {t(`add.problem.${problem.why}`)}
                    {problem.detail !== '' && (
                      <>
                        {' '}
                        <bdi>({problem.detail})</bdi>
                      </>
                    )}
                  </>
                }
              />
            </li>
          )
        })}
      </ul>
      {unlisted > 0 && (
        <RowDetail>
          <p className={styles['hint']}>{t('add.unlisted', { count: unlisted, number: format.number(unlisted) })}</p>
        </RowDetail>
      )}
    </>
  )
}
