import { SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionFacts } from '../../src-main/common/collection-facts.ts';
import { Card } from '../ui/card.tsx';
import { CommandLine } from '../ui/command-line.tsx';
import classes from './collection.module.css';

type Listed = NonNullable<CollectionFacts['commands']>;

/** The commands of a collection for who is on the registry's host, by its version and by how it is run. */
export function Commands({ commands }: { commands: Listed }) {
  const { t } = useTranslation();
  const versions = [...new Set(commands.map(({ version }) => version))];
  const [version, setVersion] = useState(versions.at(-1));
  const forms = commands.filter((each) => each.version === version);
  const [wanted, setForm] = useState<string>();
  const shown = forms.find(({ form }) => form === wanted) ?? forms[0];
  if (!shown) return null;
  return (
    <Card title={t('freeing.commands')} testId="commands">
      <div className={classes.choices}>
        <SegmentedControl
          size="xs"
          aria-label={t('freeing.version')}
          data={versions.map((each) => ({
            value: each,
            label: t('freeing.versionNamed', { version: each }),
          }))}
          value={version ?? ''}
          onChange={setVersion}
        />
        <Select
          aria-label={t('freeing.form')}
          allowDeselect={false}
          data={forms.map(({ form }) => ({ value: form, label: t(`freeing.forms.${form}`) }))}
          value={shown.form}
          onChange={(form) => setForm(form ?? undefined)}
        />
      </div>
      <p className={classes.label}>{t('freeing.look')}</p>
      <CommandLine value={shown.dryRun} label={t('freeing.copy')} />
      <p className={classes.label}>{t('freeing.runIt')}</p>
      <div className={classes.lines}>
        {shown.run.map((line) => (
          <CommandLine key={line} value={line} label={t('freeing.copy')} />
        ))}
      </div>
      <p className={classes.quiet}>{t('freeing.namesHelp')}</p>
    </Card>
  );
}
