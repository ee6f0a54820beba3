import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/contract/base.ts';
import type { Image } from '../../src-main/contract/images.ts';
import { orpc } from '../api.ts';
import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { tagQueries } from '../tags/queries.ts';
import { useTagDetails } from '../tags/use-tag-details.ts';
import classes from './image.module.css';

/**
 * Other tags on the digest shown. In a small repository all tags are looked at, as on its own page; in a large one those looked
 * at before.
 */
export function SameDigestTags({ place, root }: { place: RepositoryPlace; root: Image }) {
  const { t } = useTranslation();
  const settings = useQuery(orpc.app.settings.queryOptions());
  const list = useQuery(tagQueries.list(place));
  const limit = settings.data?.detailsUpTo ?? 0;
  const names = list.data?.complete && list.data.rows.length <= limit ? list.data.rows : undefined;
  const wanted = useMemo(() => names?.map(({ name }) => name) ?? [], [names]);
  const known = useTagDetails(place.accountId, place.repository, wanted);
  const partial = names === undefined || names.some(({ name }) => !known.answers.has(name));
  const tags = useMemo(
    () =>
      [...known.answers.values()]
        .filter((answer) => 'details' in answer && answer.details.digest === root.digest)
        .map(({ name }) => name)
        .filter((name) => name !== root.reference)
        .toSorted((a, b) => byCodeUnit(naturalKey(a), naturalKey(b))),
    [known, root],
  );
  return (
    <section>
      <h2 className={classes.sectionTitle}>{t('image.sameDigest')}</h2>
      {tags.length === 0 ? (
        <span className={classes.quiet}>{t('image.sameDigestNone')}</span>
      ) : (
        <span className={classes.inline}>
          {tags.map((tag) => (
            <Link
              key={tag}
              to="/registries/$accountId/image"
              params={{ accountId: place.accountId }}
              search={{ repository: place.repository, reference: tag }}
              className={`${classes.link} ${classes.mono}`}
            >
              {tag}
            </Link>
          ))}
        </span>
      )}
      {partial && <p className={classes.quiet}>{t('image.sameDigestPartial')}</p>}
    </section>
  );
}
