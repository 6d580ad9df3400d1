// The design system on one page, in development builds only: every primitive in every state, to be looked at and checked.
import { useState } from 'react'
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { Icon, iconNames } from '../../ui/Icon.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { EmptyState, Pill, RowDetail, Screen, Section, SettingRow } from '../../ui/Layout.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PassphraseField } from '../../ui/PassphraseField.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { RadioList } from '../../ui/RadioList.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useToasts } from '../../ui/Toast.tsx'
import styles from './Gallery.module.css'
import { Lists } from './Lists.tsx'
import { More } from './More.tsx'

const fruits = ['apple', 'pear', 'plum'] as const

export function Gallery() {
  return (
    <main className={styles['gallery']}>
      <Screen title="Gallery" lead="Every part of the design system. Not in production builds.">
        <Buttons />
        <Fields />
        <Choices />
        <Words />
        <Overlays />
        <Lists />
        <More />
        <Section title="Icons">
          <ul className={styles['icons']}>
            {iconNames.map((name) => (
              <li key={name}>
                <Icon name={name} /> {name}
              </li>
            ))}
          </ul>
        </Section>
      </Screen>
    </main>
  )
}

function Buttons() {
  return (
    <Section title="Buttons">
      <div className={styles['line']}>
        <Button look="filled">Filled</Button>
        <Button icon="backup">Outlined</Button>
        <Button look="quiet">Quiet</Button>
        <Button look="danger">Danger</Button>
        <Button look="filled-danger">Filled danger</Button>
        <Button isDisabled>Disabled</Button>
        <Button busy>Busy</Button>
        <IconButton icon="lock" label="Icon button" />
        <LinkButton href="#/dev/gallery">Link</LinkButton>
      </div>
    </Section>
  )
}

function Fields() {
  const [text, setText] = useState('Some text')
  const [passphrase, setPassphrase] = useState('correct horse')
  return (
    <Section title="Fields">
      <div className={styles['fields']}>
        <TextField label="Plain" value={text} onChange={setText} hint="A hint." />
        <TextField label="Wrong" value={text} onChange={setText} error="Something to put right." />
        <TextField label="Several lines" value={text} onChange={setText} rows={3} />
        <PassphraseField label="Passphrase" value={passphrase} onChange={setPassphrase} />
        {([0, 2, 4] as const).map((score) => (
          <PassphraseField
            key={score}
            label={`New passphrase, score ${score}`}
            value={passphrase}
            onChange={setPassphrase}
            choosing={{
              strength: { score, enough: score === 4, weakness: score === 4 ? 'none' : 'few-words' },
              suggest: async () => 'plum harbour violin copper',
            }}
          />
        ))}
      </div>
    </Section>
  )
}

function Choices() {
  const [on, setOn] = useState(true)
  const [fruit, setFruit] = useState<string>('apple')
  const options = fruits.map((value) => ({ value, label: value, hint: 'a fruit' }))
  return (
    <Section title="Choices">
      <SettingRow title="Switch" hint="Takes effect at once.">
        <Switch label="Switch" isSelected={on} onChange={setOn} />
      </SettingRow>
      <SettingRow title="Segmented">
        <Segmented label="Segmented" value={fruit} onChange={setFruit} options={options} />
      </SettingRow>
      <SettingRow title="Select">
        <Select label="Select" value={fruit} onChange={setFruit} options={options} />
      </SettingRow>
      <RowDetail>
        <RadioList label="Radio list" value={fruit} onChange={setFruit} options={options} />
      </RowDetail>
    </Section>
  )
}

function Words() {
  return (
    <Section title="Words">
      <RowDetail>
        <div className={styles['fields']}>
          <Notice title="Info">With a sentence.</Notice>
          <Notice tone="ok">All is well.</Notice>
          <Notice tone="warn" actions={<Button>Do something</Button>}>
            Mind this.
          </Notice>
          <Notice tone="danger">This went wrong.</Notice>
        </div>
      </RowDetail>
      <RowDetail>
        <Progress
          label="Half done"
          done={50}
          total={100}
          pace={{ pause: () => undefined, resume: () => undefined }}
          onStop={() => undefined}
        />
      </RowDetail>
      <RowDetail>
        <Progress label="Stalled" done={0} total={null} stalled onStop={() => undefined} />
      </RowDetail>
      <SettingRow title="Pills and keys">
        <Pill>Plain</Pill>
        <Pill tone="ok">Good</Pill>
        <Pill tone="warn">Mind</Pill>
        <Keys keys={['Ctrl', 'K']} />
      </SettingRow>
      <EmptyState icon="activity" title="Nothing here yet">
        What comes will be listed here.
      </EmptyState>
    </Section>
  )
}

function Overlays() {
  const { say } = useToasts()
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null)
  const close = () => setOpen(null)
  return (
    <Section title="Overlays">
      <div className={styles['line']}>
        <Button onPress={() => setOpen('dialog')}>Dialog</Button>
        <Button onPress={() => setOpen('confirm')}>Confirm</Button>
        <Button
          onPress={() =>
            say(
              () => 'Something was changed.',
              async () => undefined,
            )
          }
        >
          Toast
        </Button>
      </div>
      {open === 'dialog' && (
        <Dialog title="A dialog" onClose={close}>
          <p>One question.</p>
          <DialogActions>
            <Button look="filled" onPress={close}>
              An answer
            </Button>
          </DialogActions>
        </Dialog>
      )}
      {open === 'confirm' && (
        <ConfirmDialog
          title="Delete “Plum”?"
          warning="This cannot be undone."
          typeLabel="Type Plum to confirm"
          name="Plum"
          confirm="Delete"
          busy={false}
          onConfirm={close}
          onClose={close}
        />
      )}
    </Section>
  )
}
