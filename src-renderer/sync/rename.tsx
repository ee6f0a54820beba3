import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { renamed } from '../../src-main/common/rename.ts';
import { type Draft, exampleRepository } from './draft.ts';
import classes from './pages.module.css';

const TEMPLATES = ['{repository}', 'mirror/{repository}', '{namespace}/mirror-{name}', '{name}'];

export interface RenameProps {
  draft: Draft;
  error: string | undefined;
  onChange: (rename: string) => void;
}

/** What repositories are called at the destination, with an example. */
export function Rename({ draft, error, onChange }: RenameProps) {
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
      <div className={classes.templates}>
        {TEMPLATES.map((template) => (
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
