import { Alert, Button, Skeleton, Text } from '@mantine/core';
import { IconInfoCircle, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionPlan } from '../../src-main/common/deletion.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { api, orpc } from '../api.ts';
import { usePlanStart } from '../plans/use-plan-start.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Consent } from './consent.tsx';
import { PlanView } from './plan-view.tsx';
import { tagsGone } from './plan-words.ts';
import { Spared } from './spared.tsx';
import { WithAttached } from './with-attached.tsx';

export interface DeleteDialogProps {
  place: RepositoryPlace;
  host: string;
  tags: readonly string[];
  /** Tags that must stay whole, whatever is consented to. */
  kept?: readonly string[];
  onClose: () => void;
  /** The deletion was confirmed and runs; follow it in the tray. */
  onStarted: () => void;
}

/**
 * Plan, then confirmation of a deletion. Nothing is deleted before the plan is on the screen; what goes beyond the tags chosen
 * needs a second consent of its own. The focus starts on the button that keeps everything.
 */
export function DeleteDialog({ place, host, tags, kept, onClose, onStarted }: DeleteDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t('deletion.title', { count: tags.length })}
      place={t('deletion.from', { place: `${host}/${place.repository}` })}
    >
      <Body place={place} tags={tags} {...(kept && { kept })} onClose={onClose} onStarted={onStarted} />
    </Dialog>
  );
}

function Body({ place, tags, kept = [], onClose, onStarted }: Omit<DeleteDialogProps, 'host'>) {
  const { t } = useTranslation();
  const [consent, setConsent] = useState(false);
  const [attached, setAttached] = useState(false);
  const plan = useQuery(
    orpc.deletion.plan.queryOptions({
      input: { ...place, tags: [...tags], attached, kept: [...kept] },
      // A plan is made for one look: never an old one, and none is made behind the reader's back.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnReconnect: false,
    }),
  );
  const start = usePlanStart({
    start: (confirmed: { planId: string; consent: boolean }) => api.deletion.start(confirmed),
    onStarted: () => {
      onStarted();
      onClose();
    },
    replan: () => {
      setConsent(false);
      void plan.refetch();
    },
  });
  const current = plan.isFetching ? undefined : plan.data;
  const count = current ? tagsGone(current).size + untagged(current) : 0;
  const ready = current !== undefined && count > 0 && (!current.needsConsent || consent);
  return (
    <DialogBody>
      {start.replanned && current && (
        <Alert color="yellow" icon={<IconInfoCircle size={18} />} role="alert">
          {t('deletion.stale')}
        </Alert>
      )}
      {plan.isFetching && <Planning />}
      {plan.isError && !plan.isFetching && (
        <ErrorPanel error={plan.error} onRetry={() => void plan.refetch()} />
      )}
      {current && count === 0 && current.spared.length === 0 && <Text fz="sm">{t('deletion.nothing')}</Text>}
      {current && <Spared spared={current.spared} />}
      {current && count > 0 && (
        <>
          <PlanView plan={current} />
          <WithAttached
            plan={current}
            onChange={(taken) => {
              // Another plan: what was agreed to for this one says nothing of it.
              setConsent(false);
              setAttached(taken);
            }}
          />
          {current.needsConsent && <Consent plan={current} given={consent} onChange={setConsent} />}
        </>
      )}
      {start.error && <ErrorPanel error={start.error} />}
      <DialogFoot keeps cancel={t('deletion.keep')} onClose={onClose}>
        <Button
          color="red"
          leftSection={<IconTrash size={14} />}
          disabled={!ready}
          loading={start.pending}
          onClick={() => {
            if (current) start.confirm({ planId: current.id, consent });
          }}
        >
          {t('deletion.confirm', { count: current ? tagsGone(current).size : tags.length })}
        </Button>
      </DialogFoot>
    </DialogBody>
  );
}

/** Manifests that go without any tag on them still are something to delete. */
function untagged(plan: DeletionPlan): number {
  return plan.manifests.filter(({ tags }) => tags.length === 0).length;
}

function Planning() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-busy="true">
      <Text fz="sm">{t('deletion.planning')}</Text>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('deletion.planningHelp')}
      </Text>
      <Skeleton height={10} width="80%" mb={10} />
      <Skeleton height={10} width="60%" mb={10} />
      <Skeleton height={10} width="70%" />
    </div>
  );
}
