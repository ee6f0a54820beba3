import { NumberInput, Select, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inUseSources } from '../../src-main/common/cleanup.ts';
import type { SavedCleanup } from '../../src-main/common/cleanup-run.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import classes from './cleanup.module.css';
import { cleanupQueries } from './queries.ts';
import { useKubeconfig } from './use-kubeconfig.ts';
import { useSaveCleanup } from './use-save.ts';
import { scheduleText } from './words.ts';

/** Hours that are offered. */
const HOURS = [6, 24, 168] as const;
/** Tags at most, to begin with. */
const AT_MOST = 100;

export interface ScheduleDialogProps {
  saved: SavedCleanup;
  onClose: () => void;
}

/** When rules run by themselves. To begin with a run makes its plan and deletes nothing. */
export function ScheduleDialog({ saved, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t('cleanup.schedule')} place={saved.name}>
      <Body saved={saved} onClose={onClose} />
    </Dialog>
  );
}

function Body({ saved, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const { schedule } = saved;
  const [hours, setHours] = useState(schedule?.hours);
  const [deletes, setDeletes] = useState(schedule?.deletes ?? false);
  const [atMost, setAtMost] = useState<number | string>(schedule?.atMost ?? AT_MOST);
  const chosen = useKubeconfig();
  const [kubeconfig, setKubeconfig] = useState(schedule ? (schedule.kubeconfig ?? '') : chosen.kubeconfig);
  const { data } = useQuery(cleanupQueries.read(saved.text));
  const sources = data && 'rules' in data ? inUseSources(data.rules) : [];
  const asksClusters = sources.some((source) => typeof source !== 'string');
  const save = useSaveCleanup(onClose);
  const offered = [...new Set([...HOURS, ...(hours === undefined ? [] : [hours])])].toSorted((a, b) => a - b);
  return (
    <DialogForm
      onClose={onClose}
      submit={{ label: t('cleanup.saveSchedule'), loading: save.isPending, disabled: Number(atMost) < 1 }}
      onSubmit={() => {
        const { id, accountId, name, text } = saved;
        const path = kubeconfig.trim();
        const clusters = asksClusters && path !== '' ? { kubeconfig: path } : {};
        const next = hours === undefined ? null : { hours, deletes, atMost: Number(atMost), ...clusters };
        save.mutate({ id, accountId, name, text, schedule: next });
      }}
    >
      <Select
        data-autofocus
        label={t('cleanup.every')}
        allowDeselect={false}
        data={[
          { value: '', label: t('cleanup.never') },
          ...offered.map((each) => ({
            value: String(each),
            label: scheduleText(t, each),
          })),
        ]}
        value={hours === undefined ? '' : String(hours)}
        onChange={(value) => setHours(value ? (Number(value) as typeof hours) : undefined)}
      />
      <Switch
        label={t('cleanup.deletes')}
        description={t('cleanup.deletesHelp')}
        checked={deletes}
        disabled={hours === undefined}
        onChange={(event) => setDeletes(event.currentTarget.checked)}
      />
      <NumberInput
        label={t('cleanup.atMost')}
        description={t('cleanup.atMostHelp')}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        disabled={!deletes || hours === undefined}
        value={atMost}
        onChange={setAtMost}
      />
      {asksClusters && (
        <TextInput
          label={t('cleanup.kubeconfig')}
          description={t('cleanup.scheduledKubeconfigHelp')}
          placeholder="/home/…/.kube/config"
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.mono ?? '' }}
          disabled={hours === undefined}
          value={kubeconfig}
          onChange={(event) => setKubeconfig(event.currentTarget.value)}
        />
      )}
      <Text fz="sm" c="dimmed">
        {t('cleanup.scheduleHelp')}
      </Text>
      {save.isError && <ErrorPanel error={save.error} />}
    </DialogForm>
  );
}
