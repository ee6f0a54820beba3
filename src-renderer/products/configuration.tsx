import { Anchor, Badge, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AdvisedSetting } from '../../src-main/common/product-said.ts';
import { orpc } from '../api.ts';
import { Card } from '../ui/card.tsx';
import { CommandLine } from '../ui/command-line.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import classes from './products.module.css';

/** How the registry is configured for what is done with it from here: its own file says that, and no API changes it. */
export function ConfigurationAdvice({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const advice = useQuery(orpc.products.advice.queryOptions({ input: { accountId } }));
  if (advice.isPending) return <Skeleton height={240} aria-label={t('common.loading')} />;
  if (advice.isError) return <ErrorPanel error={advice.error} onRetry={() => void advice.refetch()} />;
  return (
    <div className={classes.settings} data-testid="configuration">
      <p className={classes.quiet}>{t('administration.settings.intro')}</p>
      {advice.data.map((setting) => (
        <Setting key={setting.name} setting={setting} />
      ))}
    </div>
  );
}

function Setting({
  setting: { name, state, file, environment = [], documentation },
}: {
  setting: AdvisedSetting;
}) {
  const { t } = useTranslation();
  const title = t(`administration.settings.${name}.title`);
  return (
    <Card wide title={title} testId={`setting-${name}`}>
      <div className={classes.setting}>
        <p>
          <Badge variant="default" size="sm" tt="none" data-state={state}>
            {t(`administration.settings.states.${state}`)}
          </Badge>{' '}
          {t(`administration.settings.${name}.help`)}
        </p>
        {file !== undefined && (
          <div className={classes.lines}>
            <pre>{file}</pre>
            <CopyButton value={file} label={t('administration.settings.copy', { name: title })} />
          </div>
        )}
        {environment.length > 0 && (
          <>
            <p className={classes.quiet}>{t('administration.settings.environment')}</p>
            {environment.map((line) => (
              <CommandLine key={line} value={line} label={t('administration.settings.copyLine', { line })} />
            ))}
          </>
        )}
        <Anchor href={documentation} target="_blank" rel="noreferrer noopener" fz="sm">
          {t('freeing.documentation')}
        </Anchor>
      </div>
    </Card>
  );
}
