import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { orpc } from '../api.ts';
import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { tagQueries } from '../tags/queries.ts';
import { useDetailsLoader, useKnownDetails } from '../tags/use-tag-details.ts';
import { Chip } from '../ui/chip.tsx';
import { MiddleText } from '../ui/middle-text.tsx';
import classes from './image.module.css';

export interface SameDigestTagsProps {
  place: RepositoryPlace;
  /** What the tags are on. */
  root: Image;
  /** A child of the root is shown beside: the title says that the tags are not on it. */
  ofIndex: boolean;
}

/**
 * Other tags on the digest shown. In a small repository all tags are looked at, as on its own page; in a large one those looked
 * at before.
 */
export function SameDigestTags({ place, root, ofIndex }: SameDigestTagsProps) {
  const { t } = useTranslation();
  const settings = useQuery(orpc.app.settings.queryOptions());
  const list = useQuery(tagQueries.list(place));
  const limit = settings.data?.detailsUpTo ?? 0;
  const names = list.data?.complete && list.data.rows.length <= limit ? list.data.rows : undefined;
  const wanted = useMemo(() => names?.map(({ name }) => name) ?? [], [names]);
  const known = useKnownDetails(place);
  useDetailsLoader(place, known, wanted);
  const complete = names?.every(({ name }) => known.answers.has(name)) ?? false;
  const pending = names === undefined ? list.isPending || settings.isPending : !complete;
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
      <h2 className={classes.sectionTitle}>{t(ofIndex ? 'image.sameIndex' : 'image.sameDigest')}</h2>
      {pending ? (
        <Skeleton height={10} width="40%" my={7} />
      ) : tags.length === 0 ? (
        <span className={classes.quiet}>{t('image.sameDigestNone')}</span>
      ) : (
        <span className={classes.inline}>
          {tags.map((tag) => (
            <Link
              key={tag}
              to="/registries/$accountId/image"
              params={{ accountId: place.accountId }}
              search={{ repository: place.repository, reference: tag }}
              className={classes.tag}
            >
              <Chip mono tone="accent">
                <MiddleText>{tag}</MiddleText>
              </Chip>
            </Link>
          ))}
        </span>
      )}
      {!pending && !complete && <p className={classes.quiet}>{t('image.sameDigestPartial')}</p>}
    </section>
  );
}
