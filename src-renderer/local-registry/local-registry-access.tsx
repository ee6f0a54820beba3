import { Button, Switch } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { toastDone, toastFailure } from '../ui/toast.tsx';
import classes from './local-registry.module.css';

const SWITCHES = ['signIn', 'containers', 'sparseIndexes'] as const;

interface LocalRegistryAccessProps {
  options: Record<(typeof SWITCHES)[number], boolean>;
  /** Whether the host can put the password into the clipboard. */
  copiesPassword: boolean;
}

/** Who can reach the embedded registry, and the switches that open and close it. */
export function LocalRegistryAccess({ options, copiesPassword }: LocalRegistryAccessProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation(
    orpc.localRegistry.change.mutationOptions({
      onSuccess: () => client.invalidateQueries(),
      onError: toastFailure,
    }),
  );
  const copy = useMutation(
    orpc.localRegistry.copyPassword.mutationOptions({
      onSuccess: () => toastDone(t('registry.local.reach.copied')),
      onError: toastFailure,
    }),
  );
  return (
    <section className={classes.reach} aria-labelledby="local-reach">
      <h3 id="local-reach" className={classes.commandTitle}>
        {t('registry.local.reach.title')}
      </h3>
      <div className={classes.inline}>
        <span>
          {options.signIn
            ? t('registry.local.reach.signedIn', { username: 'wharfinger' })
            : t('registry.local.reach.everyone')}
        </span>
        {options.signIn && copiesPassword && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconKey size={14} />}
            loading={copy.isPending}
            onClick={() => copy.mutate(undefined)}
          >
            {t('registry.local.reach.copyPassword')}
          </Button>
        )}
        {options.signIn && !copiesPassword && (
          <span className={classes.quiet}>{t('registry.local.reach.copyElsewhere')}</span>
        )}
      </div>
      <div className={classes.switches}>
        {SWITCHES.map((name) => (
          <Switch
            key={name}
            label={t(`registry.local.reach.${name}`)}
            description={t(`registry.local.reach.${name}Help`)}
            checked={options[name]}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ [name]: event.currentTarget.checked })}
          />
        ))}
      </div>
    </section>
  );
}
