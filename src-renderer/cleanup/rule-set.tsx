import { Button, Progress, TextInput } from '@mantine/core';
import { IconDeviceFloppy, IconFileExport, IconListCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { SavedCleanup } from '../../src-main/common/cleanup-run.ts';
import { isLocked } from '../accounts/lock.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { downloadText } from '../saving/download-text.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { PageTabPanel, PageTabs } from '../ui/page-tabs.tsx';
import classes from './cleanup.module.css';
import { InUseSources } from './in-use-sources.tsx';
import { Preview } from './preview.tsx';
import { type Looking, planCleanup } from './queries.ts';
import { RulesForm } from './rules-form.tsx';
import { CLEANUP_TABS } from './tabs.ts';
import { useDraft } from './use-draft.ts';
import { useGivenInUse } from './use-given-in-use.ts';
import type { KeptDraft } from './use-kept-drafts.ts';
import { useKubeconfig } from './use-kubeconfig.ts';
import { useSaveCleanup } from './use-save.ts';
import { YamlField } from './yaml-field.tsx';

const route = getRouteApi('/registries/$accountId/cleanup');

export interface RuleSetProps {
  account: Account;
  /** None where they are not saved yet. */
  saved: SavedCleanup | undefined;
  /** What was changed of them before. */
  draft: KeptDraft | undefined;
  /** Takes what is changed of them, at each change; nothing where they are as they were saved. */
  onDraft: (draft: KeptDraft | undefined) => void;
  onSaved: (saved: SavedCleanup) => void;
  /** Nobody wants those that were never saved any more. */
  onDropped: () => void;
}

/** Rules: as fields and as text, tried on what is known, kept, and planned. */
export function RuleSet({ account, saved, draft: before, onDraft, onSaved, onDropped }: RuleSetProps) {
  const { t } = useTranslation();
  const { tab = 'rules', repository } = route.useSearch();
  const navigate = route.useNavigate();
  const draft = useDraft(before?.text ?? saved?.text ?? '');
  const [name, setName] = useState(before?.name ?? saved?.name ?? '');
  const [inUse, give] = useGivenInUse(account.id);
  const [looking, setLooking] = useState<Looking>();
  const { choice } = useKubeconfig();
  const plan = useMakePlan();
  const save = useSaveCleanup(onSaved);
  const { text, rules, problems, isRead } = draft;
  const isChanged = saved === undefined || text !== saved.text || name.trim() !== saved.name;
  const keep = useEffectEvent(() => onDraft(isChanged ? { name, text } : undefined));
  // biome-ignore lint/correctness/useExhaustiveDependencies: kept when what it is has changed
  useEffect(() => keep(), [text, name, isChanged]);
  const discard = () => {
    if (!saved) {
      onDraft(undefined);
      onDropped();
      return;
    }
    draft.setText(saved.text);
    setName(saved.name);
  };
  const isFine = isRead && problems.length === 0 && rules !== undefined;
  const accountId = account.id;
  const tried = useMemo(() => ({ accountId, text, inUse }), [accountId, text, inUse]);
  const start = () =>
    plan.mutate((signal) => {
      setLooking(undefined);
      const kept = saved && text === saved.text ? { id: saved.id, version: saved.version } : undefined;
      return planCleanup(
        {
          accountId,
          text,
          inUse: inUse.map(({ name: source, text: list }) => ({ name: source, text: list })),
          name: name.trim(),
          ...choice,
          ...(kept && { saved: kept }),
          ...(repository !== undefined && { repository }),
        },
        signal,
        setLooking,
      );
    });
  const unready = !isFine
    ? t('cleanup.problemsFirst')
    : name.trim() === ''
      ? t('cleanup.nameMissing')
      : undefined;
  return (
    <>
      <PageTabs
        label={t('cleanup.tabsLabel')}
        tabs={CLEANUP_TABS.map((value) => ({ value, label: t(`cleanup.tabs.${value}`) }))}
        value={tab}
        onChange={(next) =>
          void navigate({ search: (before) => ({ ...before, tab: next }), replace: true, resetScroll: false })
        }
        className={classes.tabs}
      >
        <PageTabPanel value={tab}>
          {tab === 'rules' ? (
            <div className={classes.editor}>
              <RulesForm rules={rules} problems={problems} onChange={draft.setRules} />
              <YamlField text={text} problems={problems} onChange={draft.setText} />
            </div>
          ) : isFine ? (
            <Preview given={tried} />
          ) : (
            <p className={classes.quiet}>{t('cleanup.problemsFirst')}</p>
          )}
        </PageTabPanel>
      </PageTabs>
      <footer className={classes.foot}>
        {isFine && <InUseSources rules={rules} given={inUse} onGiven={give} />}
        {save.isError && <ErrorPanel error={save.error} />}
        {plan.isError && <ErrorPanel error={plan.error} onRetry={start} />}
        {plan.isPending && <Planning looking={looking} />}
        <div className={classes.buttons}>
          <TextInput
            size="xs"
            className={classes.named ?? ''}
            label={t('cleanup.setName')}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            variant="default"
            leftSection={<IconFileExport size={14} />}
            onClick={() => downloadText(`${name.trim() || 'cleanup'}.yaml`, 'application/yaml', text)}
          >
            {t('cleanup.export')}
          </Button>
          {isChanged && (
            <Button variant="default" data-action="discard" onClick={discard}>
              {t(saved ? 'cleanup.discardChanges' : 'cleanup.discard')}
            </Button>
          )}
          <ActionButton
            variant="default"
            leftSection={<IconDeviceFloppy size={14} />}
            loading={save.isPending}
            reason={unready ?? (isChanged ? undefined : t('cleanup.unchanged'))}
            onClick={() =>
              save.mutate({
                ...(saved && { id: saved.id }),
                accountId,
                name: name.trim(),
                text,
                schedule: saved?.schedule ?? null,
              })
            }
          >
            {t('cleanup.save')}
          </ActionButton>
          {plan.isPending ? (
            <Button variant="default" onClick={plan.stop}>
              {t('common.cancel')}
            </Button>
          ) : (
            <ActionButton
              data-action="plan"
              leftSection={<IconListCheck size={14} />}
              reason={unready ?? (isLocked(account) ? t('cleanup.readOnly') : undefined)}
              onClick={start}
            >
              {t('cleanup.plan')}
            </ActionButton>
          )}
        </div>
      </footer>
    </>
  );
}

/** How far looking is. */
function Planning({ looking }: { looking: Looking | undefined }) {
  const { t, i18n } = useTranslation();
  const { done, total } = looking?.tags ?? { done: 0, total: 0 };
  const counts = { done: formatCount(done, i18n.language), total: formatCount(total, i18n.language) };
  return (
    <div role="status" aria-busy="true" className={classes.planning}>
      <span>{looking ? t(`cleanup.looking.${looking.at}`, counts) : t('cleanup.planning')}</span>
      <Progress.Root size={6}>
        <Progress.Section value={total > 0 ? (done / total) * 100 : 0} aria-label={t('cleanup.planning')} />
      </Progress.Root>
    </div>
  );
}
