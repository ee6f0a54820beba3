import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { AttachedDocument } from '../../src-main/common/referrers.ts';
import { api } from '../api.ts';
import { SaveButton } from '../saving/save-button.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { WebLink } from '../ui/web-link.tsx';
import classes from './referrers.module.css';
import { Unread } from './unread.tsx';
import { documentName, documentTitle, speaksOfAnother } from './words.ts';

export interface DocumentCardProps {
  place: RepositoryPlace;
  document: AttachedDocument;
  /** What its manifest is attached to. */
  subject: string;
}

/** Subjects that are shown; the download has them all. */
const SUBJECTS_SHOWN = 5;

/** One document: what it claims, and a button that saves its bytes as they are. */
export function DocumentCard({ place, document, subject }: DocumentCardProps) {
  const { t } = useTranslation();
  const { digest, size, mediaType, predicateType, problem } = document;
  const title = documentTitle(t, document);
  return (
    <section className={classes.document}>
      <header className={classes.head}>
        <h3>{title}</h3>
        <span className={classes.inline}>
          <Bytes value={size} />
          <SaveButton
            name={documentName(document)}
            of={title}
            save={(to) => api.referrers.save({ ...place, digest, size, to })}
          />
        </span>
      </header>
      <Unread problem={problem} />
      {speaksOfAnother(document, subject) && (
        <p role="alert" className={classes.warning}>
          {t('referrers.otherSubject')}
        </p>
      )}
      <Facts>
        {predicateType !== undefined && (
          <Fact name={t('referrers.predicateType')} mono>
            {predicateType}
          </Fact>
        )}
        <ClaimFacts document={document} />
        <Fact name={t('image.mediaType')} mono>
          {mediaType}
        </Fact>
        <Fact name={t('image.digest')}>
          <Digest value={digest} />
        </Fact>
      </Facts>
    </section>
  );
}

function ClaimFacts({ document: { claims, signers, subjects } }: Pick<DocumentCardProps, 'document'>) {
  const { t, i18n } = useTranslation();
  const { builder, buildType, source, commit, entryPoint, started, finished, tool, findings } = claims;
  const more = subjects.length - SUBJECTS_SHOWN;
  return (
    <>
      {builder !== undefined && (
        <Fact name={t('referrers.builder')}>
          <WebLink url={builder} />
        </Fact>
      )}
      {source !== undefined && (
        <Fact name={t('referrers.source')}>
          <WebLink url={source} />
        </Fact>
      )}
      {commit !== undefined && (
        <Fact name={t('referrers.commit')} mono>
          {commit}
        </Fact>
      )}
      {entryPoint !== undefined && (
        <Fact name={t('referrers.entryPoint')} mono>
          {entryPoint}
        </Fact>
      )}
      {buildType !== undefined && <Fact name={t('referrers.buildType')}>{buildType}</Fact>}
      {tool !== undefined && <Fact name={t('referrers.tool')}>{tool}</Fact>}
      {findings !== undefined && (
        <Fact name={t('referrers.findings')}>{formatCount(findings, i18n.language)}</Fact>
      )}
      {started !== undefined && (
        <Fact name={t('referrers.started')}>
          <RelativeTime value={started} />
        </Fact>
      )}
      {finished !== undefined && (
        <Fact name={t('referrers.finished')}>
          <RelativeTime value={finished} />
        </Fact>
      )}
      {signers.length > 0 && (
        <Fact name={t('referrers.signers')}>
          {signers.join(', ')} <span className={classes.quiet}>({t('referrers.signersHelp')})</span>
        </Fact>
      )}
      {subjects.length > 0 && (
        <Fact name={t('referrers.subjects')}>
          {subjects.slice(0, SUBJECTS_SHOWN).map(({ name, digest }, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a statement may name a subject twice; its lines never move
            <div key={position} className={classes.inline}>
              {name} {digest !== undefined && <Digest value={digest} />}
            </div>
          ))}
          {more > 0 && <div className={classes.quiet}>{t('common.more', { count: more })}</div>}
        </Fact>
      )}
    </>
  );
}
