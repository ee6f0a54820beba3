import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import type { StorageSummary } from '../../src-main/common/storage.ts';
import { storageQueries } from '../storage/queries.ts';
import { formatShare } from '../storage/share.tsx';
import { Counted } from '../ui/counted.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import classes from './registry.module.css';
import type { RepositoryList } from './rows.ts';

export interface RegistryFactsProps {
  account: Account;
  overview: RegistryOverview | undefined;
  list: RepositoryList | undefined;
}

/** The registry in one line: how much it has, what can be deleted, how fast it answers. What is not known is left out. */
export function RegistryFacts({ account, overview, list }: RegistryFactsProps) {
  const { t, i18n } = useTranslation();
  const summary = useQuery(storageQueries.summary({ accountId: account.id })).data;
  const format = (value: number) => formatCount(value, i18n.language);
  // What is known from before was whole then.
  const isWhole = list?.complete || list?.seen !== undefined;
  return (
    <>
      {/* Nothing that was read yet is not known to be none. */}
      {list && (list.complete || list.rows.length > 0) && (
        <span>
          <Counted
            text={t(isWhole ? 'registry.facts.repositories' : 'registry.facts.repositoriesSoFar', {
              count: list.rows.length,
              formatted: format(list.rows.length),
            })}
            number={format(list.rows.length)}
          />
        </span>
      )}
      {summary && summary.tags > 0 && <StoredFacts accountId={account.id} summary={summary} />}
      {account.readOnly ? (
        <span className={classes.fact} data-hint={t('registry.lockedHereHelp')}>
          <IconLock size={13} aria-hidden /> {t('registry.facts.locked')}
        </span>
      ) : (
        overview && <DeletionFact overview={overview} />
      )}
      {overview && (
        <span data-hint={t('registry.latencyHelp')}>
          {t('registry.milliseconds', { value: format(Math.round(overview.latency)) })}
        </span>
      )}
      {overview?.rateLimit && (
        <span
          data-hint={t('registry.rateLimitWindow', {
            count: Math.round(overview.rateLimit.windowSeconds / 3600),
          })}
        >
          {t('registry.facts.pullsLeft', {
            remaining: format(overview.rateLimit.remaining),
            limit: format(overview.rateLimit.limit),
          })}
        </span>
      )}
    </>
  );
}

/** Tags and bytes as far as they are known, with the way to what they are made of. */
function StoredFacts({ accountId, summary }: { accountId: string; summary: StorageSummary }) {
  const { t, i18n } = useTranslation();
  const { tags, referencedBytes, uniqueBytes, known } = summary;
  const isWhole = known.scanned.done === known.scanned.total;
  const atLeast = (text: string, isAll: boolean) => (isAll ? text : t('registry.facts.atLeast', { text }));
  const counted = atLeast(formatCount(tags, i18n.language), isWhole);
  const bytes = atLeast(formatBytes(referencedBytes), known.complete);
  const shared = referencedBytes > 0 ? 1 - uniqueBytes / referencedBytes : 0;
  return (
    <>
      <span>
        <Counted text={t('registry.facts.tags', { count: tags, formatted: counted })} number={counted} />
      </span>
      {referencedBytes > 0 && (
        <Link
          to="/registries/$accountId/storage"
          params={{ accountId }}
          className={classes.factLink}
          data-hint={t('registry.facts.storedHelp', { unique: formatBytes(uniqueBytes) })}
        >
          <Counted text={t('registry.facts.referenced', { bytes })} number={bytes} />
          {shared > 0 && t('registry.facts.shared', { share: formatShare(shared, i18n.language) })}
        </Link>
      )}
    </>
  );
}

const DELETIONS = [
  'pullThroughCache',
  'writesOff',
  'deletesTagsOnly',
  'deleteDisabled',
  'deleteDenied',
  'deleteByTagMissing',
] as const;

/** What can be deleted here, and what that means. */
function DeletionFact({ overview: { abilities, warnings } }: { overview: RegistryOverview }) {
  const { t } = useTranslation();
  const known = DELETIONS.find((warning) => warnings.includes(warning));
  const otherwise = abilities.delete === 'yes' ? 'deletes' : 'deletionUnknown';
  return (
    <span
      data-deletion={known ?? otherwise}
      data-hint={known ? t(`registry.warnings.${known}.help`) : t(`registry.facts.${otherwise}Help`)}
    >
      {t(`registry.facts.${known ?? otherwise}`)}
    </span>
  );
}
