import { Button, Checkbox, Collapse, TagsInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PATTERNS_MAX } from '../../src-main/common/transfer.ts';
import { CopyOptionsFields } from '../copy/copy-options.tsx';
import { type Draft, EMPTY_DRAFT } from './draft.ts';
import type { DraftProblems } from './draft-problems.ts';
import classes from './pages.module.css';
import { Rename } from './rename.tsx';

/** Repositories offered while typing. */
const SUGGESTIONS = 20;

export interface SyncOptionsProps {
  draft: Draft;
  /** Repositories of the source. */
  names: readonly string[];
  problems: DraftProblems;
  onChange: (part: Partial<Draft>) => void;
}

/** What of the repositories goes, and how: what is asked for often, and under Advanced all else. */
export function SyncOptions({ draft, names, problems, onChange }: SyncOptionsProps) {
  const { t } = useTranslation();
  const error = (field: keyof Draft) => {
    const problem = problems[field];
    return problem && t(`transferPages.problems.${problem}`);
  };
  const isHidden = ADVANCED.some((field) => problems[field] !== undefined);
  const [opened, { toggle }] = useDisclosure(isAdvanced(draft));
  const advanced = opened || isHidden;
  const Chevron = advanced ? IconChevronDown : IconChevronRight;
  return (
    <section className={classes.options} aria-label={t('transferPages.options')}>
      <h2>{t('transferPages.options')}</h2>
      <Checkbox
        label={t('transferPages.newOnly')}
        description={t('transferPages.newOnlyHelp')}
        checked={draft.newOnly}
        onChange={(event) => onChange({ newOnly: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('transferPages.prune')}
        description={t('transferPages.pruneHelp')}
        checked={draft.prune}
        onChange={(event) => onChange({ prune: event.currentTarget.checked })}
      />
      <CopyOptionsFields options={draft} onChange={onChange} platformError={error('platforms')} />
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-expanded={advanced}
          leftSection={<Chevron size={14} aria-hidden />}
          onClick={toggle}
        >
          {t('transferPages.advanced')}
        </Button>
        <Collapse expanded={advanced}>
          <div className={classes.advanced}>
            <Rename draft={draft} error={error('rename')} onChange={(rename) => onChange({ rename })} />
            <TextInput
              label={t('transferPages.versions')}
              description={t('transferPages.versionsHelp')}
              placeholder=">=1.2 <3"
              classNames={{ input: classes.mono ?? '' }}
              value={draft.versions}
              error={error('versions')}
              onChange={(event) => onChange({ versions: event.currentTarget.value })}
            />
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
            <Patterns
              label={t('transferPages.repositories')}
              help={t('transferPages.repositoriesHelp')}
              placeholder="team/*"
              suggestions={names}
              value={draft.repositories}
              error={error('repositories')}
              onChange={(repositories) => onChange({ repositories })}
            />
            <Patterns
              label={t('transferPages.excludeRepositories')}
              suggestions={names}
              value={draft.excludeRepositories}
              onChange={(excludeRepositories) => onChange({ excludeRepositories })}
            />
          </div>
        </Collapse>
      </div>
    </section>
  );
}

const ADVANCED = ['rename', 'versions', 'tags', 'excludeTags'] as const satisfies readonly (keyof Draft)[];

/** Whether a draft says something under Advanced. */
function isAdvanced(draft: Draft): boolean {
  return ADVANCED.some((field) => String(draft[field]) !== String(EMPTY_DRAFT[field]));
}

interface PatternsProps {
  label: string;
  help?: string;
  placeholder?: string;
  suggestions?: readonly string[];
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
      data={[...suggestions]}
      limit={SUGGESTIONS}
      value={value}
      error={error}
      onChange={onChange}
      splitChars={[',', ' ', '\n']}
      acceptValueOnBlur
      maxTags={PATTERNS_MAX}
    />
  );
}
