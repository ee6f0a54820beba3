import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { Digest } from '../ui/digest.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { BaseImage } from './base-image.tsx';
import { ConfigOverview } from './config-overview.tsx';
import classes from './image.module.css';
import { IndexOverview } from './index-overview.tsx';
import {
  ArtifactOverview,
  AttestationOverview,
  BuildCacheOverview,
  HelmChartOverview,
  Schema1Overview,
  UnreadableOverview,
} from './other-kinds.tsx';
import { Pairs } from './pairs.tsx';
import { SameDigestTags } from './same-digest-tags.tsx';

export interface OverviewTabProps {
  place: RepositoryPlace;
  /** What is shown: the root, or a child of it. */
  image: Image;
  root: Image;
  /** Shows another child of the root. */
  onChoose: (digest: string) => void;
}

/** What a manifest is, in words and facts, each kind in its own way. */
export function OverviewTab({ place, image, root, onChoose }: OverviewTabProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.overview}>
      <Kind image={image} root={root} onChoose={onChoose} />
      <div className={classes.columns}>
        <section>
          <h2 className={classes.sectionTitle}>{t('image.manifest.bytes')}</h2>
          <Facts>
            <Fact name={t('image.digest')}>
              <Digest value={image.digest} />
            </Fact>
            <Fact name={t('image.mediaType')} mono>
              {image.mediaType}
            </Fact>
          </Facts>
        </section>
        <SameDigestTags place={place} root={root} ofIndex={image !== root} />
      </div>
      {image.content.kind === 'image' && (
        <BaseImage place={place} digest={image.digest} index={image === root ? undefined : root.digest} />
      )}
      <Pairs title={t('image.annotations')} pairs={Object.entries(image.annotations)} />
    </div>
  );
}

function Kind({ image, root, onChoose }: Omit<OverviewTabProps, 'place'>) {
  const { t } = useTranslation();
  const { content } = image;
  switch (content.kind) {
    case 'image':
      return <ConfigOverview config={content.config} size={image.size} />;
    case 'index':
      return <IndexOverview entries={content.entries} onChoose={image === root ? onChoose : undefined} />;
    case 'artifact':
      return <ArtifactOverview content={content} />;
    case 'helmChart':
      return <HelmChartOverview content={content} pullReference={image.pullReference} />;
    case 'attestation':
      return <AttestationOverview content={content} attests={subjectOf(image, root)} onChoose={onChoose} />;
    case 'buildCache':
      return <BuildCacheOverview content={content} />;
    case 'unreadable':
      return <UnreadableOverview content={content} />;
    case 'schema1':
      return <Schema1Overview content={content} />;
    case 'unknown':
      return (
        <section className={classes.explain}>
          <h2>{t('image.unknownKind.title')}</h2>
          <p>{t('image.unknownKind.intro', { mediaType: image.mediaType })}</p>
        </section>
      );
  }
}

/** What an attestation speaks of: it says so itself, or the index that lists it does. */
function subjectOf(image: Image, root: Image): string | undefined {
  if (image.content.kind === 'attestation' && image.content.attests !== undefined)
    return image.content.attests;
  if (root.content.kind !== 'index') return undefined;
  return root.content.entries.find(({ digest }) => digest === image.digest)?.attests;
}
