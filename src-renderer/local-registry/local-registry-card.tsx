import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconPower } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { Card } from '../ui/card.tsx';
import { CommandLine } from '../ui/command-line.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { toastFailure } from '../ui/toast.tsx';
import classes from './local-registry.module.css';
import { LocalRegistryAccess } from './local-registry-access.tsx';
import { pushCommands } from './push-commands.ts';

/** Everything that hangs on whether the embedded registry runs. */
function useLocalRegistryChanged(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries();
}

export function StoppedLocalRegistry() {
  const { t } = useTranslation();
  const onSuccess = useLocalRegistryChanged();
  const start = useMutation(orpc.localRegistry.start.mutationOptions({ onSuccess, onError: toastFailure }));
  return (
    <EmptyState
      icon={<IconPower size={24} />}
      title={t('registry.local.stopped')}
      action={
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          loading={start.isPending}
          onClick={() => start.mutate({ samples: false })}
        >
          {t('registry.local.start')}
        </Button>
      }
    >
      {t('registry.local.stoppedHelp')}
    </EmptyState>
  );
}

interface LocalRegistryCardProps extends ComponentProps<typeof LocalRegistryAccess> {
  url: string;
  folder: string;
}

/** How to push to the embedded registry, where it keeps its images, and a button that stops it. */
export function LocalRegistryCard({ url, folder, ...access }: LocalRegistryCardProps) {
  const { t } = useTranslation();
  const onSuccess = useLocalRegistryChanged();
  const stop = useMutation(orpc.localRegistry.stop.mutationOptions({ onSuccess, onError: toastFailure }));
  const commands = pushCommands(url, access.options.signIn);
  return (
    <Card wide title={t('registry.local.title')}>
      <p className={classes.quiet}>{t('registry.local.intro')}</p>
      <div className={classes.commands}>
        {(['docker', 'podman'] as const).map((engine) => (
          <div key={engine} className={classes.commandGroup}>
            <h3 className={classes.commandTitle}>{t(`registry.local.${engine}`)}</h3>
            {commands[engine].map((command) => (
              <CommandLine key={command} value={command} label={t('registry.local.copyCommand')} />
            ))}
          </div>
        ))}
      </div>
      <LocalRegistryAccess {...access} />
      <div className={classes.localFoot}>
        <span className={classes.quiet}>
          {t('registry.local.folder')}
          {t('ui.colon')}
          <code>{folder}</code>
        </span>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          loading={stop.isPending}
          onClick={() => stop.mutate(undefined)}
        >
          {t('registry.local.stop')}
        </Button>
      </div>
    </Card>
  );
}
