import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageContent, Layer } from '../../src-main/common/image.ts';
import { CommandLine } from '../ui/command-line.tsx';
import { Digest } from '../ui/digest.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { installCommand } from '../ui/pull-command.ts';
import { WebLink } from '../ui/web-link.tsx';
import { BlobTable } from './blob-table.tsx';
import classes from './image.module.css';

type Content<Kind extends ImageContent['kind']> = Extract<ImageContent, { kind: Kind }>;

/** What this is, where it is not an image one can run. */
function Explain({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.explain}>
      <h2>{title}</h2>
      <p>{children}</p>
    </section>
  );
}

export function ArtifactOverview({ content }: { content: Content<'artifact'> }) {
  const { t } = useTranslation();
  return (
    <>
      <Explain title={t('image.artifact.title')}>{t('image.artifact.intro')}</Explain>
      <Facts>
        <Fact name={t('image.artifact.type')} mono>
          {content.artifactType}
        </Fact>
        {content.subject && (
          <Fact name={t('image.artifact.subject')}>
            <Digest value={content.subject} />
          </Fact>
        )}
      </Facts>
      <Blobs blobs={content.blobs} />
    </>
  );
}

export function HelmChartOverview({
  content,
  pullReference,
}: {
  content: Content<'helmChart'>;
  pullReference: string;
}) {
  const { t } = useTranslation();
  const { chart } = content;
  return (
    <>
      <div className={classes.columns}>
        <section>
          <h2 className={classes.sectionTitle}>{t('image.helm.title')}</h2>
          <Facts>
            <Fact name={t('image.helm.chart')}>{chart.name}</Fact>
            <Fact name={t('image.helm.version')} mono>
              {chart.version}
            </Fact>
            {chart.appVersion && (
              <Fact name={t('image.helm.appVersion')} mono>
                {chart.appVersion}
              </Fact>
            )}
            {chart.description && <Fact name={t('image.helm.description')}>{chart.description}</Fact>}
            {chart.home && (
              <Fact name={t('image.helm.home')}>
                <WebLink url={chart.home} />
              </Fact>
            )}
            {chart.keywords.length > 0 && (
              <Fact name={t('image.helm.keywords')}>{chart.keywords.join(', ')}</Fact>
            )}
            {chart.maintainers.length > 0 && (
              <Fact name={t('image.helm.maintainers')}>{chart.maintainers.join(', ')}</Fact>
            )}
          </Facts>
        </section>
        <section>
          <h2 className={classes.sectionTitle}>{t('image.helm.install')}</h2>
          <CommandLine value={installCommand(chart.name, pullReference)} label={t('image.copyCommand')} />
        </section>
      </div>
      <Blobs blobs={content.blobs} />
    </>
  );
}

export function AttestationOverview({
  content,
  attests,
  onChoose,
}: {
  content: Content<'attestation'>;
  attests: string | undefined;
  onChoose: (digest: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Explain title={t('image.attestation.title')}>{t('image.attestation.intro')}</Explain>
      {attests !== undefined && (
        <Facts>
          <Fact name={t('image.attestation.about')}>
            <span className={classes.inline}>
              <Digest value={attests} />
              <LinkButton onClick={() => onChoose(attests)}>{t('tags.open')}</LinkButton>
            </span>
          </Fact>
        </Facts>
      )}
      <BlobTable
        title={t('image.attestation.statements')}
        rows={content.statements}
        columns={[{ header: t('image.attestation.predicate'), cell: ({ predicateType }) => predicateType }]}
        none={t('image.attestation.none')}
      />
    </>
  );
}

export function BuildCacheOverview({ content }: { content: Content<'buildCache'> }) {
  const { t } = useTranslation();
  return (
    <>
      <Explain title={t('image.buildCache.title')}>{t('image.buildCache.intro')}</Explain>
      <Blobs blobs={content.blobs} />
    </>
  );
}

export function UnreadableOverview({ content }: { content: Content<'unreadable'> }) {
  const { t } = useTranslation();
  return (
    <>
      <Explain title={t('image.unreadable.title')}>{t('image.unreadable.intro')}</Explain>
      <Facts>
        <Fact name={t('image.unreadable.reason')}>{content.reason}</Fact>
      </Facts>
    </>
  );
}

export function Schema1Overview({ content }: { content: Content<'schema1'> }) {
  const { t } = useTranslation();
  return (
    <>
      <Explain title={t('image.schema1.title')}>{t('image.schema1.intro')}</Explain>
      <Facts>
        <Fact name={t('image.schema1.name')} mono>
          {content.name}
        </Fact>
        <Fact name={t('image.schema1.tag')} mono>
          {content.tag}
        </Fact>
        <Fact name={t('image.schema1.architecture')} mono>
          {content.architecture}
        </Fact>
      </Facts>
    </>
  );
}

/** The files of an artifact, named by their title annotation where they have one. */
function Blobs({ blobs }: { blobs: readonly Layer[] }) {
  const { t } = useTranslation();
  return (
    <BlobTable
      title={t('image.blobs.title')}
      rows={blobs}
      columns={[
        {
          header: t('image.blobs.name'),
          width: '30%',
          cell: ({ annotations }) => annotations['org.opencontainers.image.title'] ?? '–',
        },
        { header: t('image.mediaType'), cell: ({ mediaType }) => mediaType },
      ]}
      none={t('image.blobs.none')}
    />
  );
}
