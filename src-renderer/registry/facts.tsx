import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import { repositoryQueries } from '../repositories/queries.ts';
import { formatCount } from '../ui/format.ts';
import classes from './registry.module.css';

/** What the registry is, how it answers and who we are to it. */
export function Facts({ account, overview }: { account: Account; overview: RegistryOverview }) {
  const { t, i18n } = useTranslation();
  const { version, latency, signedIn, username, rateLimit } = overview;
  const format = (value: number) => formatCount(value, i18n.language);
  return (
    <section className={classes.card} aria-labelledby="facts-title">
      <h2 id="facts-title" className={classes.cardTitle}>
        {t('registry.overview')}
      </h2>
      <dl className={classes.facts}>
        <dt>{t('registry.system')}</dt>
        <dd className={classes.inline}>
          {t(`ui.systems.${overview.system}`)}
          <span className={classes.quiet}>{version ?? t('registry.versionUnknown')}</span>
        </dd>
        <dt>{t('registry.latency')}</dt>
        <dd>
          <span data-hint={t('registry.latencyHelp')}>
            {t('registry.milliseconds', { value: format(Math.round(latency)) })}
          </span>
        </dd>
        <dt>{t('registry.signIn')}</dt>
        <dd className={classes.inline}>
          {t(`registry.signedIn.${signedIn}`)}
          {username !== undefined && (
            <span className={classes.quiet}>{t('registry.asUser', { username })}</span>
          )}
        </dd>
        <dt>{t('registry.repositories')}</dt>
        <dd>
          <RepositoryCount accountId={account.id} />
        </dd>
        {rateLimit && (
          <>
            <dt>{t('registry.rateLimit')}</dt>
            <dd className={classes.inline}>
              {t('registry.rateLimitValue', {
                remaining: format(rateLimit.remaining),
                limit: format(rateLimit.limit),
              })}
              <span className={classes.quiet}>
                {t('registry.rateLimitWindow', { count: Math.round(rateLimit.windowSeconds / 3600) })}
              </span>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** Counts while the list streams in. */
function RepositoryCount({ accountId }: { accountId: string }) {
  const { t, i18n } = useTranslation();
  const list = useQuery(repositoryQueries.list(accountId));
  const count = list.data && formatCount(list.data.rows.length, i18n.language);
  return (
    <Anchor
      fz="sm"
      renderRoot={(props) => (
        <Link to="/registries/$accountId/repositories" params={{ accountId }} {...props} />
      )}
    >
      {count === undefined
        ? list.isError
          ? t('common.unknown')
          : t('common.loading')
        : list.data?.complete
          ? count
          : t('registry.countSoFar', { formatted: count })}
    </Anchor>
  );
}
