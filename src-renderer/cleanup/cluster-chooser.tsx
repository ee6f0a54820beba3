import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { HINT_BELOW } from '../ui/hint-below.ts';
import classes from './cleanup.module.css';
import { useKubeconfig } from './use-kubeconfig.ts';

export interface ClusterChooserProps {
  onChosen: (context: string) => void;
}

/** The clusters that kubectl knows on this machine, to be named in rules; it is asked when the list is opened. */
export function ClusterChooser({ onChosen }: ClusterChooserProps) {
  const { t } = useTranslation();
  const { kubeconfig, setKubeconfig, choice } = useKubeconfig();
  const [opened, setOpened] = useState(false);
  const contexts = useQuery({
    ...orpc.rules.contexts.queryOptions({ input: choice }),
    enabled: opened,
    staleTime: 0,
  });
  return (
    <>
      <div className={classes.pair}>
        <Select
          label={t('cleanup.clusters')}
          description={t('cleanup.clustersHelp')}
          inputWrapperOrder={HINT_BELOW}
          placeholder={t(contexts.isFetching ? 'cleanup.askingKubectl' : 'cleanup.chooseCluster')}
          searchable
          value={null}
          data={[...new Set(contexts.data)]}
          nothingFoundMessage={contexts.data && t('cleanup.noCluster')}
          onDropdownOpen={() => setOpened(true)}
          onChange={(context) => context !== null && onChosen(context)}
        />
        <TextInput
          label={t('cleanup.kubeconfig')}
          description={t('cleanup.kubeconfigHelp')}
          inputWrapperOrder={HINT_BELOW}
          placeholder="/home/…/.kube/config"
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.mono ?? '' }}
          value={kubeconfig}
          onChange={(event) => {
            // The list of another file is asked for when it is opened again.
            setOpened(false);
            setKubeconfig(event.currentTarget.value);
          }}
        />
      </div>
      {opened && contexts.isError && <ErrorPanel error={contexts.error} />}
    </>
  );
}
