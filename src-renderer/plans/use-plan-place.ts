import { useTranslation } from 'react-i18next';
import { type AnyPlace, accountOf } from '../../src-main/common/place.ts';
import { useAccountName, useAccounts } from '../accounts/queries.ts';
import type { PageHeaderProps } from '../ui/page-header.tsx';

type Side = AnyPlace & { repository?: string };

/** What a plan changes, or from where to where it takes something. */
export type PlanPlace = { at: Side } | { source: Side; target: Side };

/** Where a plan is about, by the names that registries have here: the way to it above the title, and a quiet line below. */
export function usePlanPlace(place: PlanPlace): Pick<PageHeaderProps, 'breadcrumbs' | 'meta'> {
  const { t } = useTranslation();
  const { data: accounts } = useAccounts();
  const name = useAccountName();
  const text = (side: Side) =>
    side.repository ? `${name(side)}${t('ui.colon')}${side.repository}` : name(side);
  if (!('at' in place)) {
    return {
      breadcrumbs: [{ label: t('transferPages.title'), link: { to: '/transfers' } }],
      meta: `${text(place.source)} → ${text(place.target)}`,
    };
  }
  const account = accounts?.find(({ id }) => id === accountOf(place.at));
  if (!account) return { meta: text(place.at) };
  const { repository } = place.at;
  const [params, search] = [{ accountId: account.id }, { repository }];
  return {
    breadcrumbs: [
      { label: account.name, link: { to: '/registries/$accountId', params } },
      ...(repository
        ? [{ label: repository, link: { to: '/registries/$accountId/tags' as const, params, search } }]
        : []),
    ],
  };
}
