import { Button, Checkbox, TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { renamed } from '../../src-main/common/rename.ts';
import { AccountSelect } from '../accounts/account-select.tsx';
import { CopyOptionsFields } from '../copy/copy-options.tsx';
import { repositoryKeys } from '../repositories/queries.ts';
import type { RepositoryList } from '../repositories/rows.ts';
import { type Draft, exampleRepository } from './draft.ts';
import type { DraftProblems } from './draft-problems.ts';
import classes from './pages.module.css';

/** Repositories offered while typing. */
const SUGGESTIONS = 20;

export interface SyncFormProps {
  draft: Draft;
  accounts: readonly Account[];
  /** Shown at their fields. */
  problems: DraftProblems;
  onChange: (part: Partial<Draft>) => void;
}

/** The fields of a synchronisation. */
export function SyncForm({ draft, accounts, problems, onChange }: SyncFormProps) {
  const { t } = useTranslation();
  // As far as its list was looked at: none is asked for here.
  const known = useQueryClient().getQueryData<RepositoryList>(repositoryKeys.list(draft.source));
  const error = (field: keyof Draft) => {
    const problem = problems[field];
    return problem && t(`transferPages.problems.${problem}`);
  };
  return (
    <>
      <Section title={t('transferPages.sections.where')}>
        <div className={classes.pair}>
          <AccountSelect
            label={t('transferPages.source')}
            accounts={accounts}
            value={draft.source}
            error={error('source')}
            onChange={(source) => onChange({ source })}
          />
          <AccountSelect
            label={t('transferPages.target')}
            accounts={accounts}
            written
            value={draft.target}
            error={error('target')}
            onChange={(target) => onChange({ target })}
          />
        </div>
      </Section>
      <Section title={t('transferPages.sections.what')}>
        <Patterns
          label={t('transferPages.repositories')}
          help={t('transferPages.repositoriesHelp')}
          placeholder="team/*"
          suggestions={known?.rows.map(({ name }) => name)}
          value={draft.repositories}
          error={error('repositories')}
          onChange={(repositories) => onChange({ repositories })}
        />
        <Patterns
          label={t('transferPages.excludeRepositories')}
          value={draft.excludeRepositories}
          onChange={(excludeRepositories) => onChange({ excludeRepositories })}
        />
        <div className={classes.pair}>
          <Patterns
            label={t('transferPages.tags')}
            help={t('transferPages.tagsHelp')}
            value={draft.tags}
            error={error('tags')}
            onChange={(tags) => onChange({ tags })}
          />
          <Patterns
            label={t('transferPages.excludeTags')}
            help={t('transferPages.excludeTagsHelp')}
            placeholder="*-rc*"
            value={draft.excludeTags}
            onChange={(excludeTags) => onChange({ excludeTags })}
          />
        </div>
        <TextInput
          label={t('transferPages.versions')}
          description={t('transferPages.versionsHelp')}
          placeholder=">=1.2 <3"
          classNames={{ input: classes.mono ?? '' }}
          value={draft.versions}
          error={error('versions')}
          onChange={(event) => onChange({ versions: event.currentTarget.value })}
        />
        <Checkbox
          label={t('transferPages.newOnly')}
          description={t('transferPages.newOnlyHelp')}
          checked={draft.newOnly}
          onChange={(event) => onChange({ newOnly: event.currentTarget.checked })}
        />
      </Section>
      <Section title={t('transferPages.sections.how')}>
        <Rename draft={draft} error={error('rename')} onChange={(rename) => onChange({ rename })} />
        <CopyOptionsFields options={draft} onChange={onChange} platformError={error('platforms')} />
        <Checkbox
          label={t('transferPages.prune')}
          description={t('transferPages.pruneHelp')}
          checked={draft.prune}
          onChange={(event) => onChange({ prune: event.currentTarget.checked })}
        />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface PatternsProps {
  label: string;
  help?: string;
  placeholder?: string;
  suggestions?: string[] | undefined;
  value: string[];
  error?: string | undefined;
  onChange: (value: string[]) => void;
}

/** A list of patterns; pasted lists may be separated by commas, spaces or lines. */
function Patterns({
  label,
  help,
  placeholder = '',
  suggestions = [],
  value,
  error,
  onChange,
}: PatternsProps) {
  return (
    <TagsInput
      label={label}
      description={help}
      placeholder={value.length === 0 ? placeholder : ''}
      classNames={{ pill: classes.mono ?? '', inputField: `${classes.mono} ${classes.pattern}` }}
      data={suggestions}
      limit={SUGGESTIONS}
      value={value}
      error={error}
      onChange={onChange}
      splitChars={[',', ' ', '\n']}
      acceptValueOnBlur
      maxTags={200}
    />
  );
}

function Rename({
  draft,
  error,
  onChange,
}: {
  draft: Draft;
  error: string | undefined;
  onChange: (rename: string) => void;
}) {
  const { t } = useTranslation();
  const from = exampleRepository(draft.repositories);
  const to = renamed(from, draft.rename);
  return (
    <div>
      <TextInput
        label={t('transferPages.rename')}
        description={t('transferPages.renameHelp')}
        classNames={{ input: classes.mono ?? '' }}
        value={draft.rename}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p className={classes.example} aria-live="polite">
        {t('transferPages.example')}{' '}
        <span className={classes.mono}>
          {from} → {to}
        </span>
      </p>
      <div className={classes.actions}>
        {['{repository}', 'mirror/{repository}', '{namespace}/mirror-{name}', '{name}'].map((template) => (
          <Button
            key={template}
            size="compact-xs"
            variant="default"
            classNames={{ label: classes.mono ?? '' }}
            aria-label={t('transferPages.useTemplate', { template })}
            onClick={() => onChange(template)}
          >
            {template}
          </Button>
        ))}
      </div>
    </div>
  );
}
