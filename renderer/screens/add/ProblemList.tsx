// Each thing that could not be read: in which file, where in it, why, and what to do about it.
import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../../shared/api/imports.ts'
import { SettingRow } from '../../ui/Layout.tsx'
import { usePlaceOf } from '../../words/imports.ts'

export function ProblemList({ problems }: { readonly problems: readonly ImportProblem[] }) {
  const { t } = useTranslation()
  const placeOf = usePlaceOf()
  return (
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
  )
}
