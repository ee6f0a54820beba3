import { Alert, Button, FileButton, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportNote } from '../../src-main/common/cleanup.ts';
import { RULE_FORMATS, type RuleFormat } from '../../src-main/common/rule-formats.ts';
import { api } from '../api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import classes from './cleanup.module.css';

/** Our own files, and those of other products. */
const FORMATS = ['own', ...RULE_FORMATS] as const;
type Format = (typeof FORMATS)[number];

/** What has to be said of it: the project or repository that it is for is not part of it. */
const SCOPED: ReadonlySet<Format> = new Set<Format>(['harbor', 'ecr', 'gitlab']);

export interface ImportDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The text of rules, and what to begin with as their name. */
  onImported: (text: string, name: string) => void;
}

/** Takes a file of rules, or the rules of another product. */
export function ImportDialog({ opened, onClose, onImported }: ImportDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('cleanup.import')} wide>
      <Body onClose={onClose} onImported={onImported} />
    </Dialog>
  );
}

function Body({ onClose, onImported }: Omit<ImportDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<Format>('own');
  const [text, setText] = useState('');
  const [scope, setScope] = useState('');
  const [name, setName] = useState('');
  const taking = useMutation({
    mutationFn: async (from: RuleFormat) => api.rules.import({ format: from, text, scope: scope.trim() }),
    onSuccess: ({ text: written, notes }) => {
      if (notes.length === 0) done(written);
    },
  });
  const done = (written: string) => onImported(written, name || t(`cleanup.formats.${format}`));
  const { data } = taking;
  const change = () => taking.reset();
  return (
    <DialogForm
      onClose={onClose}
      submit={{
        label: t(data ? 'cleanup.importAnyway' : 'cleanup.import'),
        loading: taking.isPending,
        disabled: text.trim() === '',
      }}
      onSubmit={() => {
        if (data) done(data.text);
        else if (format === 'own') done(text);
        else taking.mutate(format);
      }}
    >
      <Select
        data-autofocus
        label={t('cleanup.format')}
        allowDeselect={false}
        data={FORMATS.map((value) => ({ value, label: t(`cleanup.formats.${value}`) }))}
        value={format}
        onChange={(value) => {
          change();
          setFormat(FORMATS.find((each) => each === value) ?? 'own');
        }}
      />
      {SCOPED.has(format) && (
        <TextInput
          label={t('cleanup.scope')}
          description={t('cleanup.scopeHelp')}
          value={scope}
          classNames={{ input: classes.mono ?? '' }}
          onChange={(event) => {
            change();
            setScope(event.currentTarget.value);
          }}
        />
      )}
      <Textarea
        label={t('cleanup.importText')}
        description={t(`cleanup.formatHelp.${format}`)}
        value={text}
        rows={8}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: classes.mono ?? '' }}
        onChange={(event) => {
          change();
          setText(event.currentTarget.value);
        }}
      />
      <FileButton
        onChange={(file) => {
          change();
          if (!file) return;
          setName(file.name.replace(/\.[^.]+$/, ''));
          void file.text().then(setText);
        }}
      >
        {(props) => (
          <Button {...props} variant="default" size="compact-sm" style={{ alignSelf: 'flex-start' }}>
            {t('cleanup.chooseFile')}
          </Button>
        )}
      </FileButton>
      {taking.isError && <ErrorPanel error={taking.error} />}
      {data && data.notes.length > 0 && <Notes notes={data.notes} />}
    </DialogForm>
  );
}

/** What is not, or not quite, the same here. */
function Notes({ notes }: { notes: readonly ImportNote[] }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" role="status" title={t('cleanup.notesTitle')}>
      <ul className={classes.notes}>
        {notes.map(({ code, found }) => (
          <li key={`${code} ${found}`} data-note={code}>
            {t(`cleanup.notes.${code}`)} <span className={classes.mono}>{found}</span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
