import { Group, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../src-main/common/settings.ts';
import type { TrashEmptying, TrashUsage } from '../../src-main/common/trash.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ConfirmRemoval } from '../ui/confirm-removal.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { Section } from '../ui/section.tsx';
import { KeptFolder } from './kept-folder.tsx';
import { NumberSetting } from './number-setting.tsx';
import { TrashEntries } from './trash-entries.tsx';
import { useEmptyTrash, useTrashUsage } from './trash-queries.ts';

interface TrashSectionProps {
  settings: Settings;
  change: (change: Partial<Settings>) => void;
}

/** What is kept for undo, how long and how much of it, and what it holds. */
export function TrashSection({ settings, change }: TrashSectionProps) {
  const { t } = useTranslation();
  const usage = useTrashUsage();
  return (
    <Section title={t('settings.trash')}>
      <Text fz="sm">{t('settings.trashHelp')}</Text>
      <Switch
        label={t('settings.keepContent')}
        description={t('settings.keepContentHelp')}
        checked={settings.keepContent}
        onChange={(event) => change({ keepContent: event.currentTarget.checked })}
      />
      <NumberSetting
        label={t('settings.keptGigabytes')}
        help={t('settings.keptGigabytesHelp')}
        value={settings.keptGigabytes}
        min={1}
        max={100_000}
        onChange={(keptGigabytes) => change({ keptGigabytes })}
      />
      <KeptFolder folder={settings.keptFolder} />
      <NumberSetting
        label={t('settings.keptDays')}
        help={t('settings.keptDaysHelp')}
        value={settings.keptDays}
        min={1}
        max={3650}
        onChange={(keptDays) => change({ keptDays })}
      />
      <NumberSetting
        label={t('settings.trashDays')}
        help={t('settings.trashDaysHelp')}
        value={settings.trashDays}
        min={1}
        max={3650}
        onChange={(trashDays) => change({ trashDays })}
      />
      <NumberSetting
        label={t('settings.trashMegabytes')}
        help={t('settings.trashMegabytesHelp')}
        value={settings.trashMegabytes}
        min={1}
        max={100_000}
        step={100}
        onChange={(trashMegabytes) => change({ trashMegabytes })}
      />
      {usage.isError && <ErrorPanel error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.data && <Holdings usage={usage.data} />}
    </Section>
  );
}

function Holdings({ usage }: { usage: TrashUsage }) {
  const { t, i18n } = useTranslation();
  const [shown, setShown] = useState(false);
  const [asked, setAsked] = useState<TrashEmptying['what']>();
  const emptying = useEmptyTrash();
  const { operations, manifests, bytes, content } = usage;
  const counted = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const isEmpty = manifests === 0 && content.bytes === 0;
  const about = {
    content: {
      title: t('settings.emptyLayersTitle'),
      text: t('settings.emptyLayersText'),
      action: t('settings.emptyLayersDo'),
    },
    all: {
      title: t('settings.emptyTrashTitle'),
      text: t('settings.emptyTrashText', { changes: t('settings.changes', counted(operations)) }),
      action: t('settings.emptyTrashDo'),
    },
  };
  return (
    <div data-testid="trash">
      <Facts>
        <Fact name={t('settings.holds')}>
          {t('settings.manifests', { ...counted(manifests), bytes: formatBytes(bytes) })}
        </Fact>
        <Fact name={t('settings.keptLayers')}>{formatBytes(content.bytes)}</Fact>
        <Fact name={t('settings.folder')}>
          <code>{content.folder}</code>
          <CopyButton value={content.folder} label={t('settings.copyPath')} />
        </Fact>
      </Facts>
      <Group mt="xs">
        <ActionButton
          variant="default"
          aria-expanded={shown}
          reason={isEmpty ? t('settings.emptyNothing') : undefined}
          onClick={() => setShown(!shown)}
        >
          {t(shown ? 'settings.hideTrash' : 'settings.showTrash')}
        </ActionButton>
        <ActionButton
          variant="default"
          reason={content.bytes === 0 ? t('settings.emptyNothing') : undefined}
          onClick={() => setAsked('content')}
        >
          {t('settings.emptyLayers')}
        </ActionButton>
        <ActionButton
          variant="default"
          reason={isEmpty ? t('settings.emptyNothing') : undefined}
          onClick={() => setAsked('all')}
        >
          {t('settings.emptyTrash')}
        </ActionButton>
      </Group>
      {shown && !isEmpty && <TrashEntries />}
      <ConfirmRemoval
        about={asked && about[asked]}
        removal={emptying}
        onConfirm={() => asked && emptying.mutate({ what: asked }, { onSuccess: () => setAsked(undefined) })}
        onClose={() => setAsked(undefined)}
      />
    </div>
  );
}
