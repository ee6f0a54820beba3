import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DeleteEntry,
  type InUseSource,
  inUseKey,
  type KeepEntry,
} from '../../src-main/common/cleanup.ts';
import { CLEANUP_DATES } from '../../src-main/engine/vocabulary/cleanup.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { HINT_BELOW } from '../ui/hint-below.ts';
import classes from './cleanup.module.css';
import { ClusterChooser } from './cluster-chooser.tsx';
import { listText, readList } from './words.ts';

export type AnyEntry = KeepEntry | DeleteEntry;

export interface EntryDialogProps {
  kind: 'keep' | 'delete';
  /** None for a new one. */
  entry: AnyEntry | undefined;
  onClose: () => void;
  onDone: (entry: AnyEntry) => void;
}

/** What an entry that deletes is about. */
const SUBJECTS = ['tags', 'untagged', 'staleReferrers'] as const;
type Subject = (typeof SUBJECTS)[number];

interface Fields {
  name: string;
  subject: Subject;
  tags: string;
  regex: string;
  newest: string;
  perMinor: string;
  perMajor: string;
  olderThan: string;
  youngerThan: string;
  by: string;
  inUse: string;
}

/** The conditions of one entry, of which all have to be met. */
export function EntryDialog(props: EntryDialogProps) {
  const { t } = useTranslation();
  const { kind, entry, onClose } = props;
  const title = entry
    ? t('cleanup.edit', { name: entry.name })
    : t(kind === 'keep' ? 'cleanup.addKeep' : 'cleanup.addDelete');
  return (
    <Dialog opened onClose={onClose} title={title} place={t(`cleanup.${kind}Help`)} wide>
      <Body {...props} />
    </Dialog>
  );
}

function Body({ kind, entry, onClose, onDone }: EntryDialogProps) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(() => fieldsOf(entry));
  const [tried, setTried] = useState(false);
  const text = (
    key: Exclude<keyof Fields, 'subject'>,
    more: { hint?: string; error?: string | false; placeholder?: string; mono?: boolean } = {},
  ) => (
    <TextInput
      label={t(`cleanup.field.${key}`)}
      description={more.hint}
      inputWrapperOrder={HINT_BELOW}
      placeholder={more.placeholder}
      value={fields[key]}
      error={more.error}
      spellCheck={false}
      autoComplete="off"
      {...(more.mono && { classNames: { input: classes.mono ?? '' } })}
      {...(key === 'name' && { 'data-autofocus': true, maxLength: 100 })}
      onChange={(event) => set(key, event.currentTarget.value)}
    />
  );
  const number = (key: 'newest' | 'perMinor' | 'perMajor') => (
    <NumberInput
      label={t(`cleanup.field.${key}`)}
      min={1}
      max={10_000}
      allowDecimal={false}
      hideControls
      value={fields[key]}
      onChange={(value) => set(key, String(value))}
    />
  );
  const set = (key: keyof Fields, value: string) => setFields((before) => ({ ...before, [key]: value }));
  const isTags = kind === 'keep' || fields.subject === 'tags';
  return (
    <DialogForm
      onClose={onClose}
      submit={{ label: t('cleanup.apply') }}
      onSubmit={() => {
        setTried(true);
        if (fields.name.trim() !== '') onDone(entryOf(kind, fields));
      }}
    >
      {text('name', { error: tried && fields.name.trim() === '' && t('cleanup.nameMissing') })}
      {kind === 'delete' && (
        <Select
          label={t('cleanup.field.subject')}
          allowDeselect={false}
          data={SUBJECTS.map((value) => ({ value, label: t(`cleanup.subjects.${value}`) }))}
          value={fields.subject}
          onChange={(value) => set('subject', value ?? 'tags')}
        />
      )}
      {isTags && (
        <div className={classes.pair}>
          {text('tags', { hint: t('cleanup.tagsHelp'), placeholder: 'pr-* v1.*', mono: true })}
          {text('regex', { hint: t('cleanup.regexHelp'), placeholder: '^pr-[0-9]+$', mono: true })}
        </div>
      )}
      <div className={classes.triple}>
        {text('olderThan', { placeholder: '14d', mono: true })}
        {text('youngerThan', { placeholder: '7d', mono: true })}
        <Select
          label={t('cleanup.field.by')}
          allowDeselect={false}
          data={CLEANUP_DATES.map((value) => ({ value, label: t(`cleanup.datesLong.${value}`) }))}
          value={fields.by}
          onChange={(value) => set('by', value ?? 'created')}
        />
      </div>
      {kind === 'keep' && (
        <>
          <div className={classes.triple}>
            {number('newest')}
            {number('perMinor')}
            {number('perMajor')}
          </div>
          {text('inUse', {
            hint: t('cleanup.inUseHelp'),
            placeholder: 'pods.json kubernetes:prod',
            mono: true,
          })}
          <ClusterChooser
            onChosen={(context) =>
              set('inUse', [...new Set([...readList(fields.inUse), `${CLUSTER}${context}`])].join(' '))
            }
          />
        </>
      )}
    </DialogForm>
  );
}

function fieldsOf(entry: AnyEntry | undefined): Fields {
  const keep = entry as KeepEntry | undefined;
  const remove = entry as DeleteEntry | undefined;
  const sources = keep?.inUse === undefined ? [] : Array.isArray(keep.inUse) ? keep.inUse : [keep.inUse];
  return {
    name: entry?.name ?? '',
    subject: remove?.untagged ? 'untagged' : remove?.staleReferrers ? 'staleReferrers' : 'tags',
    tags: listText(entry?.tags),
    regex: entry?.regex ?? '',
    newest: keep?.newest === undefined ? '' : String(keep.newest),
    perMinor: keep?.semver?.perMinor === undefined ? '' : String(keep.semver.perMinor),
    perMajor: keep?.semver?.perMajor === undefined ? '' : String(keep.semver.perMajor),
    olderThan: entry?.olderThan ?? '',
    youngerThan: entry?.youngerThan ?? '',
    by: entry?.by ?? 'created',
    inUse: sources.map(inUseKey).join(' '),
  };
}

const CLUSTER = 'kubernetes:';

/** What the fields say; whether that is allowed is said where the rules are read. */
function entryOf(kind: 'keep' | 'delete', fields: Fields): AnyEntry {
  const { name, subject, tags, regex, newest, perMinor, perMajor, olderThan, youngerThan, by, inUse } =
    fields;
  const patterns = readList(tags);
  const isTags = kind === 'keep' || subject === 'tags';
  const common = {
    name: name.trim(),
    ...(isTags && patterns.length > 0 && { tags: patterns.length === 1 ? (patterns[0] ?? '') : patterns }),
    ...(isTags && regex !== '' && { regex }),
    ...(olderThan.trim() !== '' && { olderThan: olderThan.trim() }),
    ...(youngerThan.trim() !== '' && { youngerThan: youngerThan.trim() }),
  };
  const isDated = olderThan.trim() !== '' || youngerThan.trim() !== '' || (kind === 'keep' && newest !== '');
  const date = isDated && by !== 'created' ? { by: by as NonNullable<AnyEntry['by']> } : {};
  if (kind === 'delete') return { ...common, ...date, ...(subject !== 'tags' && { [subject]: true }) };
  const sources = readList(inUse).map(
    (each): InUseSource => (each.startsWith(CLUSTER) ? { kubernetes: each.slice(CLUSTER.length) } : each),
  );
  const semver = {
    ...(perMinor !== '' && { perMinor: Number(perMinor) }),
    ...(perMajor !== '' && { perMajor: Number(perMajor) }),
  };
  return {
    ...common,
    ...(newest !== '' && { newest: Number(newest) }),
    ...date,
    ...(Object.keys(semver).length > 0 && { semver }),
    ...(sources.length > 0 && { inUse: sources.length === 1 ? (sources[0] ?? '') : sources }),
  };
}
