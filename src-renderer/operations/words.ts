import type { TFunction } from 'i18next';
import type { OperationSubject } from '../../src-main/common/operation.ts';

interface Place {
  host: string;
  repository: string;
}

function placeText({ host, repository }: Place): string {
  return `${host}/${repository}`;
}

/** `host/repository:tag` or `host/repository@digest`. */
export function referenceText(place: Place, reference: string): string {
  return `${placeText(place)}${reference.includes(':') ? '@' : ':'}${reference}`;
}

/** What an operation does, in one line. */
export function subjectText(t: TFunction, subject: OperationSubject): string {
  switch (subject.kind) {
    case 'delete': {
      const place = placeText(subject.place);
      const [tag] = subject.tags;
      return tag !== undefined && subject.tags.length === 1
        ? t('operations.subject.deleteOne', { tag, place })
        : t('operations.subject.deleteMany', { count: subject.tags.length, place });
    }
    case 'restore': {
      const place = placeText(subject.place);
      const [tag] = subject.tags;
      if (tag === undefined) return t('operations.subject.restoreUntagged', { place });
      return subject.tags.length === 1
        ? t('operations.subject.restoreOne', { tag, place })
        : t('operations.subject.restoreMany', { count: subject.tags.length, place });
    }
    case 'retag':
      return t('operations.subject.retag', {
        reference: subject.reference,
        tag: subject.tag,
        place: placeText(subject.place),
      });
    case 'copy':
      return t('operations.subject.copy', {
        source: referenceText(subject.source, subject.source.reference),
        target: referenceText(subject.target, subject.target.tag),
      });
    case 'sync':
      return t('operations.subject.sync', {
        count: subject.tags,
        source: subject.source.host,
        target: subject.target.host,
      });
    case 'unreadable':
      return t('operations.subject.unreadable', { was: subject.was ?? '?' });
  }
}

/** Time left in words: coarse on purpose, so that it does not jump about. */
export function remainingText(t: TFunction, seconds: number): string {
  if (seconds < 90) return t('operations.remaining.seconds', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 90 * 60) return t('operations.remaining.minutes', { count: Math.round(seconds / 60) });
  return t('operations.remaining.hours', { count: Math.round(seconds / 3600) });
}
