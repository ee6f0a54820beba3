import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { Referrer } from '../../src-main/common/referrers.ts';
import { Pairs } from '../image/pairs.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { DocumentCard } from './document-card.tsx';
import classes from './referrers.module.css';
import { Unread } from './unread.tsx';
import { referrerTitle, subjectName } from './words.ts';

export interface ReferrerDetailsProps {
  place: RepositoryPlace;
  referrer: Referrer;
  image: Image;
  root: Image;
}

/** Everything of one attached manifest. */
export function ReferrerDetails({ place, referrer, image, root }: ReferrerDetailsProps) {
  const { t } = useTranslation();
  const {
    digest,
    via,
    tag = '',
    artifactType,
    created,
    size,
    subject,
    documents,
    problem,
    annotations,
  } = referrer;
  const title = referrerTitle(t, referrer);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.details} aria-label={title} tabIndex={0}>
      <header className={classes.head}>
        <h2>{title}</h2>
        <Button
          variant="default"
          size="compact-xs"
          renderRoot={(props) => (
            <Link
              to="/registries/$accountId/image"
              params={{ accountId: place.accountId }}
              search={{ repository: place.repository, reference: digest }}
              {...props}
            />
          )}
        >
          {t('referrers.open')}
        </Button>
      </header>
      <Unread problem={problem} />
      <Facts>
        <Fact name={t('image.digest')}>
          <Digest value={digest} />
        </Fact>
        <Fact name={t('referrers.subject')}>
          <span className={classes.inline}>
            {subjectName(t, subject, root, image)} <Digest value={subject} />
          </span>
        </Fact>
        <Fact name={t('referrers.via')}>{t(`referrers.vias.${via}`, { tag })}</Fact>
        {artifactType !== undefined && (
          <Fact name={t('referrers.artifactType')} mono>
            {artifactType}
          </Fact>
        )}
        {created !== undefined && (
          <Fact name={t('image.created')}>
            <RelativeTime value={created} />
          </Fact>
        )}
        <Fact name={t('image.index.manifestSize')}>
          <Bytes value={size} />
        </Fact>
      </Facts>
      {!problem && documents.length === 0 && <p className={classes.quiet}>{t('referrers.noDocuments')}</p>}
      {documents.map((document, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a manifest may list a blob twice; its lines never move
        <DocumentCard key={position} place={place} document={document} subject={subject} />
      ))}
      <Pairs title={t('image.annotations')} pairs={Object.entries(annotations)} />
    </section>
  );
}
