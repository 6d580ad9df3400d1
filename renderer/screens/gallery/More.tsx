// Tabs, tables, menus and what takes files.
import { useState } from 'react'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { useFormat } from '../../ui/format.tsx'
import { RowDetail, Section, SettingRow } from '../../ui/Layout.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Table } from '../../ui/Table.tsx'
import { SectionLine, Tabs } from '../../ui/Tabs.tsx'

const names = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth'] as const
const nothing = () => undefined

export function More() {
  const format = useFormat()
  const [shown, setShown] = useState<string>('First')
  const [given, setGiven] = useState<readonly string[]>([])
  return (
    <>
      <Section title="Tabs">
        <RowDetail>
          <SectionLine
            label="Sections"
            sections={names.map((label, at) => ({ href: '#/dev/gallery', label, current: at === 0 }))}
          />
        </RowDetail>
        <RowDetail>
          <Tabs
            label="Tabs"
            shown={shown}
            onShow={setShown}
            tabs={names.map((label) => ({ id: label, label, content: <p>What {label} shows.</p> }))}
          />
        </RowDetail>
      </Section>
      <Section title="Menu, table, times">
        <SettingRow title="Row actions">
          <MenuButton
            label="Actions"
            acts={[
              { id: 'edit', label: 'Edit', icon: 'edit', run: nothing },
              { id: 'export', label: 'Export', icon: 'export', run: nothing },
              { id: 'trash', label: 'Delete', icon: 'trash', danger: true, run: nothing },
            ]}
          />
        </SettingRow>
        <SettingRow title="Short date, day, duration">
          {format.short('2024-05-03T14:07:00Z')} · {format.calendarDay('2024-05-03')} · {format.duration(5400)}
        </SettingRow>
        <RowDetail>
          <Table
            label="First rows"
            columns={[
              { id: 'date', title: 'Date' },
              { id: 'what', title: 'What' },
              { id: 'amount', title: 'Amount', number: true },
            ]}
            rows={[
              ['2026-05-03', 'Bread', '4.20'],
              ['2026-05-04', 'A longer description of something that was bought and paid for', '1,204.00'],
            ]}
          />
        </RowDetail>
        <RowDetail>
          <Progress
            label="With a detail"
            done={3}
            total={10}
            detail="Takeout/Mail/All mail Including Spam and Trash.mbox"
          />
        </RowDetail>
      </Section>
      <Section title="Files">
        <RowDetail>
          <FileDrop
            title={given.length === 0 ? 'Drop files or folders here' : given.join(', ')}
            hint="They stay where they are; a copy of what is in them is kept here."
            onFiles={(files) => setGiven(files.map(({ path }) => path))}
          />
        </RowDetail>
      </Section>
    </>
  )
}
