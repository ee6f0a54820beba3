import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import { Card } from '../ui/card.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatCount } from '../ui/format.ts';
import classes from './registry.module.css';

/** What the registry is, how it answers and who we are to it. */
export function ConnectionCard({ account, overview }: { account: Account; overview: RegistryOverview }) {
  const { t, i18n } = useTranslation();
  const { version, latency, signedIn, username, rateLimit } = overview;
  const format = (value: number) => formatCount(value, i18n.language);
  return (
    <Card title={t('registry.connection')}>
      <Facts>
        <Fact name={t('registry.address')}>{account.url}</Fact>
        <Fact name={t('registry.system')}>
          <span className={classes.inline}>
            {t(`ui.systems.${overview.system}`)}
            <span className={classes.quiet}>
              {version ?? t('registry.versionUnknown')} · {t(`registry.evidence.${overview.by}`)}
            </span>
          </span>
        </Fact>
        <Fact name={t('registry.latency')}>
          <span data-hint={t('registry.latencyHelp')}>
            {t('registry.milliseconds', { value: format(Math.round(latency)) })}
          </span>
        </Fact>
        <Fact name={t('registry.signIn')}>
          <span className={classes.inline}>
            {t(`registry.signedIn.${signedIn}`)}
            {username !== undefined && (
              <span className={classes.quiet}>{t('registry.asUser', { username })}</span>
            )}
          </span>
        </Fact>
        {rateLimit && (
          <Fact name={t('registry.rateLimit')}>
            <span className={classes.inline}>
              {t('registry.rateLimitValue', {
                remaining: format(rateLimit.remaining),
                limit: format(rateLimit.limit),
              })}
              <span className={classes.quiet}>
                {t('registry.rateLimitWindow', { count: Math.round(rateLimit.windowSeconds / 3600) })}
              </span>
            </span>
          </Fact>
        )}
      </Facts>
    </Card>
  );
}
