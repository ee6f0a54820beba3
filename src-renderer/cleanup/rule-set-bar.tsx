import { Button, Menu, Select } from '@mantine/core';
import { IconCalendarClock, IconHistory, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CleanupVersion, SavedCleanup } from '../../src-main/common/cleanup-run.ts';
import { orpc } from '../api.ts';
import { ConfirmRemoval } from '../ui/confirm-removal.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './cleanup.module.css';
import { LastRun } from './last-run.tsx';
import { cleanupQueries } from './queries.ts';
import { ScheduleDialog } from './schedule-dialog.tsx';
import type { KeptDrafts } from './use-kept-drafts.ts';
import { useSaveCleanup } from './use-save.ts';

export interface RuleSetBarProps {
  saved: readonly SavedCleanup[];
  /** None where the rules are not saved yet. */
  shown: SavedCleanup | undefined;
  drafts: KeptDrafts;
  /** Of the rules or of the draft. */
  shownId: string;
  onOpen: (id: string | undefined) => void;
}

/** Which rules are shown, of those that are kept; their versions and their schedule. */
export function RuleSetBar({ saved, shown, drafts, shownId, onOpen }: RuleSetBarProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [scheduling, setScheduling] = useState(false);
  const [removing, setRemoving] = useState(false);
  const removal = useMutation(
    orpc.cleanup.remove.mutationOptions({
      onSuccess: async (_removed, { id }) => {
        setRemoving(false);
        drafts.keep(id, undefined);
        onOpen(undefined);
        await client.invalidateQueries({ queryKey: orpc.cleanup.saved.key() });
      },
    }),
  );
  return (
    <div className={classes.bar}>
      <Select
        size="xs"
        w={220}
        aria-label={t('cleanup.ruleSet')}
        allowDeselect={false}
        data={[
          ...drafts.fresh.map(({ id, name }) => ({ value: id, label: t('cleanup.unsaved', { name }) })),
          ...saved.map(({ id, name }) => ({
            value: id,
            label: id in drafts.of ? t('cleanup.changed', { name }) : name,
          })),
        ]}
        value={shownId}
        onChange={(id) => onOpen(id ?? undefined)}
      />
      {shown && (
        <>
          <Versions shown={shown} onChosen={() => drafts.keep(shown.id, undefined)} />
          <Button
            size="xs"
            variant="default"
            data-action="schedule"
            leftSection={<IconCalendarClock size={14} />}
            onClick={() => setScheduling(true)}
          >
            {shown.schedule ? t('cleanup.scheduled') : t('cleanup.schedule')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={14} />}
            onClick={() => setRemoving(true)}
          >
            {t('cleanup.remove')}
          </Button>
          {shown.lastRun && (
            <span className={classes.quiet}>
              <LastRun run={shown.lastRun} />
            </span>
          )}
        </>
      )}
      {shown && scheduling && <ScheduleDialog saved={shown} onClose={() => setScheduling(false)} />}
      <ConfirmRemoval
        about={
          removing && shown
            ? {
                title: t('cleanup.removeTitle', { name: shown.name }),
                text: t('cleanup.removeText'),
                action: t('cleanup.remove'),
              }
            : undefined
        }
        removal={removal}
        onConfirm={() => shown && removal.mutate({ id: shown.id })}
        onClose={() => setRemoving(false)}
      />
    </div>
  );
}

/** What the rules said before: one of them can be had back, as another version. */
function Versions({ shown, onChosen }: { shown: SavedCleanup; onChosen: () => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const versions = useQuery({ ...cleanupQueries.versions(shown.id), enabled: opened });
  const save = useSaveCleanup(() => {});
  const { id, accountId, name, schedule = null } = shown;
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={260}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconHistory size={14} />}>
          {t('cleanup.version', { version: shown.version })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.versions ?? ''}>
        <Menu.Label>{t('cleanup.versionsLabel')}</Menu.Label>
        {versions.data?.map(({ version, saved, text }: CleanupVersion) => (
          <Menu.Item
            key={version}
            disabled={version === shown.version}
            onClick={() => {
              onChosen();
              save.mutate({ id, accountId, name, text, schedule });
            }}
          >
            {t('cleanup.version', { version })} · <RelativeTime value={saved} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
