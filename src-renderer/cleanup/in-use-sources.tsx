import { Button, FileButton, Text } from '@mantine/core';
import { IconCircleCheck, IconFileUpload, IconTopologyStar3 } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type CleanupRules,
  type InUseSource,
  inUseKey,
  inUseSources,
} from '../../src-main/common/cleanup.ts';
import { api } from '../api.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './cleanup.module.css';
import type { GivenInUse } from './use-given-in-use.ts';
import { useKubeconfig } from './use-kubeconfig.ts';

export interface InUseSourcesProps {
  rules: CleanupRules;
  given: readonly GivenInUse[];
  onGiven: (file: GivenInUse) => void;
}

/** Sources of what is in use that the rules name, each to be given: without it what may be in use stays. Nothing where there is none. */
export function InUseSources({ rules, given, onGiven }: InUseSourcesProps) {
  const { t } = useTranslation();
  const sources = inUseSources(rules);
  if (sources.length === 0) return null;
  return (
    <section className={classes.sources} aria-label={t('cleanup.inUse')}>
      <Text fz="sm" fw={600}>
        {t('cleanup.inUse')}
      </Text>
      {sources.map((source) => (
        <Source
          key={inUseKey(source)}
          source={source}
          given={given.find(({ name }) => name === inUseKey(source))}
          onGiven={onGiven}
        />
      ))}
    </section>
  );
}

interface SourceProps {
  source: InUseSource;
  given: GivenInUse | undefined;
  onGiven: (file: GivenInUse) => void;
}

function Source({ source, given, onGiven }: SourceProps) {
  const { t, i18n } = useTranslation();
  const name = inUseKey(source);
  const { kubeconfig, choice } = useKubeconfig();
  const reading = useMutation({
    mutationFn: async (file: File | undefined) => {
      const text = file
        ? await file.text()
        : (
            await api.rules.cluster({
              context: typeof source === 'string' ? source : source.kubernetes,
              ...choice,
            })
          ).text;
      return { text, ...(await api.rules.inUse({ text })) };
    },
    onSuccess: ({ text, images }) => onGiven({ name, text, images, at: new Date().toISOString() }),
  });
  return (
    <div className={classes.source} data-source={name}>
      <span className={classes.mono}>{name}</span>
      {given ? (
        <span className={classes.given}>
          <IconCircleCheck size={14} aria-hidden />
          {t('cleanup.images', { count: given.images, formatted: formatCount(given.images, i18n.language) })}
          {' · '}
          <RelativeTime value={given.at} />
        </span>
      ) : (
        <span className={classes.quiet}>{t('cleanup.notGiven')}</span>
      )}
      {typeof source === 'string' ? (
        <FileButton onChange={(file) => file && reading.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              loading={reading.isPending}
              leftSection={<IconFileUpload size={14} />}
            >
              {t('cleanup.chooseFile')}
            </Button>
          )}
        </FileButton>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={reading.isPending}
          leftSection={<IconTopologyStar3 size={14} />}
          data-hint={
            kubeconfig.trim() === ''
              ? t('cleanup.askClusterHelp')
              : t('cleanup.askClusterWith', { kubeconfig: kubeconfig.trim() })
          }
          onClick={() => reading.mutate(undefined)}
        >
          {t('cleanup.askCluster')}
        </Button>
      )}
      {reading.isError && <ErrorPanel error={reading.error} />}
    </div>
  );
}
