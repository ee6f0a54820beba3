import { Button } from '@mantine/core';
import { IconCopy, IconEqual, IconTrendingUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  MatrixCounts,
  MatrixDefinition,
  MatrixFilter,
} from '../../src-main/common/comparison-matrix.ts';
import { namesAt, templateAt } from '../../src-main/common/side-names.ts';
import { api } from '../api.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import classes from './matrix.module.css';
import { matrixQueries } from './queries.ts';

export interface MatrixActionsProps {
  definition: MatrixDefinition;
  other: number;
  counts: MatrixCounts | undefined;
  /** Chosen rows, as `repository:tag` of the first side. */
  chosen: ReadonlySet<string>;
  /** The other side is locked. */
  readOnly: boolean;
}

/** What closes the difference: plans of copies, which are shown before anything is done. */
export function MatrixActions({ definition, other, counts, chosen, readOnly }: MatrixActionsProps) {
  const { t, i18n } = useTranslation();
  const make = useMakePlan();
  const format = (count: number) => formatCount(count, i18n.language);
  const pair = counts?.pairs[other - 1];
  const missing: MatrixFilter = { other, states: ['onlyLeft'], text: '' };
  const bytes = useQuery({
    ...matrixQueries.bytes(definition, missing),
    enabled: (pair?.tags.onlyLeft ?? 0) > 0,
  });
  const plan = (filter: MatrixFilter) => () =>
    make.mutate((signal) => api.comparisonMatrix.planCopies({ ...definition, filter }, onSignal(signal)));
  const reasonOf = (count: number) =>
    readOnly ? t('comparisonMatrix.readOnly') : count === 0 ? t('comparisonMatrix.nothingToCopy') : undefined;
  const [source, target] = [definition.sides[0], definition.sides[other]];
  const planChosen = () => {
    if (!source || !target) return;
    const nameAt = namesAt(target, source);
    const copies = [...chosen].map((each) => {
      const at = each.lastIndexOf(':');
      const [repository, tag] = [each.slice(0, at), each.slice(at + 1)];
      return {
        source: { repository, reference: tag },
        target: { repository: nameAt(repository), tag },
      };
    });
    make.mutate((signal) =>
      api.transfers.planCopies(
        { source: source.accountId, target: target.accountId, copies, options: {} },
        onSignal(signal),
      ),
    );
  };
  const newer = pair?.newer.left ?? 0;
  const same = source && target && !readOnly ? sameSearch(source, target) : undefined;
  return (
    <>
      <div className={classes.actions}>
        {chosen.size > 0 && (
          <ActionButton
            size="xs"
            leftSection={<IconCopy size={14} />}
            loading={make.isPending}
            reason={readOnly ? t('comparisonMatrix.readOnly') : undefined}
            onClick={planChosen}
          >
            {t('comparisonMatrix.copyChosen', { count: chosen.size, formatted: format(chosen.size) })}
          </ActionButton>
        )}
        <ActionButton
          size="xs"
          variant={chosen.size > 0 ? 'default' : 'filled'}
          leftSection={<IconCopy size={14} />}
          loading={make.isPending}
          reason={reasonOf(pair?.tags.onlyLeft ?? 0)}
          onClick={plan(missing)}
        >
          {t('comparisonMatrix.copyMissing')}
        </ActionButton>
        <ActionButton
          size="xs"
          variant="default"
          leftSection={<IconTrendingUp size={14} />}
          loading={make.isPending}
          reason={reasonOf(newer)}
          onClick={plan({ other, states: ['different'], newer: 'left', text: '' })}
        >
          {t('comparisonMatrix.copyNewer')}
        </ActionButton>
        {same ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconEqual size={14} />}
            data-hint={t('comparisonMatrix.makeSameHelp')}
            renderRoot={(props) => <Link to="/transfers/plan" search={same} {...props} />}
          >
            {t('comparisonMatrix.makeSame')}
          </Button>
        ) : (
          <ActionButton
            size="xs"
            variant="default"
            leftSection={<IconEqual size={14} />}
            reason={t(readOnly ? 'comparisonMatrix.readOnly' : 'comparisonMatrix.noTemplate')}
            onClick={() => undefined}
          >
            {t('comparisonMatrix.makeSame')}
          </ActionButton>
        )}
        {bytes.data && bytes.data.manifests > 0 && (
          <span className={classes.quiet} data-testid="missing-bytes">
            {t(bytes.data.unread > 0 ? 'comparisonMatrix.bytesAtLeast' : 'comparisonMatrix.bytesMissing', {
              bytes: formatBytes(bytes.data.bytes),
              count: bytes.data.unread,
              formatted: format(bytes.data.unread),
            })}
          </span>
        )}
      </div>
      {make.isError && <ErrorPanel error={make.error} />}
    </>
  );
}

const onSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

type DefinedSide = MatrixDefinition['sides'][number];

/**
 * A synchronisation that makes the other side the same; what only that has is deleted by a plan of its own afterwards. Undefined where its one template
 * cannot say how names are mapped.
 */
function sameSearch(source: DefinedSide, target: DefinedSide) {
  const { namespace, repository } = source;
  const rename = templateAt(target, source);
  if (rename === undefined) return undefined;
  return {
    source: source.accountId,
    target: target.accountId,
    repository: [repository ?? (namespace === undefined ? '**' : `${namespace}/**`)],
    rename,
    prune: '1' as const,
  };
}
