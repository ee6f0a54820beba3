import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/contract/base.ts';
import type { Image } from '../../src-main/contract/images.ts';
import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { nothingKnown, tagQueries } from '../tags/queries.ts';
import classes from './image.module.css';

/** Other tags on the digest shown, as far as the tags page has loaded details: nothing is asked of the registry for it. */
export function SameDigestTags({ place, root }: { place: RepositoryPlace; root: Image }) {
  const { t } = useTranslation();
  const { data: known = nothingKnown } = useQuery(tagQueries.details(place));
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
      <p className={classes.quiet}>{t('image.sameDigestPartial')}</p>
    </section>
  );
}
