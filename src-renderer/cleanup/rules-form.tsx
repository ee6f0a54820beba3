import { ActionIcon, Alert, Button, TextInput } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconInfoCircle,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CleanupRule, CleanupRules, RuleProblem } from '../../src-main/common/cleanup.ts';
import { HINT_BELOW } from '../ui/hint-below.ts';
import classes from './cleanup.module.css';
import { type AnyEntry, EntryDialog } from './entry-dialog.tsx';
import { problemsAt, problemText } from './problems.ts';
import { entryText, listText, readList } from './words.ts';

export interface RulesFormProps {
  rules: CleanupRules | undefined;
  problems: readonly RuleProblem[];
  onChange: (rules: CleanupRules) => void;
}

/** A rule as it begins: nothing goes yet. */
const NEW_RULE: CleanupRule = { name: '', repositories: '**' };

/** The rules as fields: one part for each rule. */
export function RulesForm({ rules, problems, onChange }: RulesFormProps) {
  const { t } = useTranslation();
  if (!rules)
    return (
      <Alert color="yellow" icon={<IconInfoCircle size={18} />} className={classes.note ?? ''}>
        {t('cleanup.textFirst')}
      </Alert>
    );
  const change = (all: CleanupRule[]) => onChange({ ...rules, rules: all });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.form} tabIndex={0} aria-label={t('cleanup.fields')}>
      {rules.rules.map((rule, at) => (
        <RuleFields
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other identity while their names are typed
          key={at}
          rule={rule}
          path={`rules[${at}]`}
          problems={problems}
          onChange={(next) => change(rules.rules.with(at, next))}
          onRemove={rules.rules.length > 1 ? () => change(rules.rules.toSpliced(at, 1)) : undefined}
        />
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() =>
          change([
            ...rules.rules,
            { ...NEW_RULE, name: t('cleanup.newRule', { number: rules.rules.length + 1 }) },
          ])
        }
      >
        {t('cleanup.addRule')}
      </Button>
    </section>
  );
}

interface RuleFieldsProps {
  rule: CleanupRule;
  path: string;
  problems: readonly RuleProblem[];
  onChange: (rule: CleanupRule) => void;
  onRemove: (() => void) | undefined;
}

function RuleFields({ rule, path, problems, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation();
  const errorAt = (key: string): string | undefined => {
    const [problem] = problemsAt(problems, `${path}.${key}`);
    return problem && problemText(t, problem);
  };
  const { protect: _, ...unprotected } = rule;
  return (
    <fieldset className={classes.rule} data-rule={rule.name}>
      <legend className={classes.legend}>
        <span>{rule.name || t('cleanup.unnamed')}</span>
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('cleanup.removeRule', { name: rule.name })}
            onClick={onRemove}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </legend>
      <div className={classes.pair}>
        <TextInput
          label={t('cleanup.name')}
          value={rule.name}
          error={errorAt('name')}
          maxLength={100}
          onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        />
        <ListInput
          label={t('cleanup.repositories')}
          hint={t('cleanup.repositoriesHelp')}
          list={rule.repositories}
          error={errorAt('repositories')}
          onChange={(repositories) => onChange({ ...rule, repositories })}
        />
      </div>
      <ListInput
        label={t('cleanup.protect')}
        hint={t('cleanup.protectHelp')}
        list={rule.protect}
        error={errorAt('protect')}
        onChange={(protect) => onChange(protect.length === 0 ? unprotected : { ...rule, protect })}
      />
      <Entries kind="keep" {...{ rule, path, problems, onChange }} />
      <Entries kind="delete" {...{ rule, path, problems, onChange }} />
    </fieldset>
  );
}

interface ListInputProps {
  label: string;
  hint: string;
  list: string | readonly string[] | undefined;
  error: string | undefined;
  onChange: (list: string[]) => void;
}

/** Patterns with spaces between them. What is typed stays as it is, its spaces too. */
function ListInput({ label, hint, list, error, onChange }: ListInputProps) {
  const [typed, setTyped] = useState(listText(list));
  const shown = readList(typed).join(' ') === listText(list) ? typed : listText(list);
  return (
    <TextInput
      label={label}
      description={hint}
      inputWrapperOrder={HINT_BELOW}
      value={shown}
      error={error}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: classes.mono ?? '' }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(readList(event.currentTarget.value));
      }}
    />
  );
}

interface EntriesProps {
  kind: 'keep' | 'delete';
  rule: CleanupRule;
  path: string;
  problems: readonly RuleProblem[];
  onChange: (rule: CleanupRule) => void;
}

/** Entries of a rule in their order, which says what is decided by which. */
function Entries({ kind, rule, path, problems, onChange }: EntriesProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<{ at: number; entry: AnyEntry | undefined }>();
  const entries: readonly AnyEntry[] = rule[kind] ?? [];
  const change = (next: AnyEntry[]) => {
    const { [kind]: _, ...others } = rule;
    onChange(next.length === 0 ? others : { ...rule, [kind]: next });
  };
  const swap = (at: number, other: number) => {
    const [one, two] = [entries[at], entries[other]];
    if (one && two) change(entries.with(at, two).with(other, one));
  };
  return (
    <div className={classes.entries} data-entries={kind}>
      <h2>{t(`cleanup.${kind}`)}</h2>
      <ol>
        {entries.map((entry, at) => {
          const [problem] = problemsAt(problems, `${path}.${kind}[${at}]`);
          const { name } = entry;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other identity while they are edited
            <li key={at} className={classes.entry} data-entry={name}>
              <span className={classes.entryText}>
                <strong>{name}</strong> <span className={classes.quiet}>{entryText(t, entry)}</span>
                {problem && <span className={classes.wrong}>{problemText(t, problem)}</span>}
              </span>
              <ActionIcon.Group>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('cleanup.edit', { name })}
                  onClick={() => setEditing({ at, entry })}
                >
                  <IconPencil size={14} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === 0}
                  aria-label={t('cleanup.up', { name })}
                  onClick={() => swap(at, at - 1)}
                >
                  <IconArrowUp size={14} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === entries.length - 1}
                  aria-label={t('cleanup.down', { name })}
                  onClick={() => swap(at, at + 1)}
                >
                  <IconArrowDown size={14} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('cleanup.removeEntry', { name })}
                  onClick={() => change(entries.toSpliced(at, 1))}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              </ActionIcon.Group>
            </li>
          );
        })}
      </ol>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        onClick={() => setEditing({ at: entries.length, entry: undefined })}
      >
        {t(kind === 'keep' ? 'cleanup.addKeep' : 'cleanup.addDelete')}
      </Button>
      {editing && (
        <EntryDialog
          kind={kind}
          entry={editing.entry}
          onClose={() => setEditing(undefined)}
          onDone={(entry) => {
            setEditing(undefined);
            change(entries.toSpliced(editing.at, 1, entry));
          }}
        />
      )}
    </div>
  );
}
