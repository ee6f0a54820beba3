import { type OperationKind, repositoriesAt, type SubjectOf } from '../operation-kind.ts';
import { placeText } from '../ui/place-text.ts';

type Subject = SubjectOf<'delete'> | SubjectOf<'restore'>;

const common = {
  searched: ({ place, tags, manifests }) => [place.host, place.repository, ...tags, ...manifests],
  facts: (t, { tags, manifests }) => [
    { name: t('activity.tags'), values: tags.length > 0 ? [tags.join(', ')] : [] },
    { name: t('activity.digests'), values: manifests },
  ],
  changes: ({ place }) => repositoriesAt(place, [place.repository]),
} satisfies Omit<OperationKind<Subject>, 'name' | 'label' | 'line'>;

export const deletionKind: OperationKind<SubjectOf<'delete'>> = {
  ...common,
  name: 'delete',
  label: (t) => t('deletion.operation.delete'),
  line: (t, subject) => {
    const place = placeText(subject.place);
    const [tag] = subject.tags;
    return tag !== undefined && subject.tags.length === 1
      ? t('deletion.operation.deleteOne', { tag, place })
      : t('deletion.operation.deleteMany', { count: subject.tags.length, place });
  },
};

/** The undo of a deletion. */
export const restoreKind: OperationKind<SubjectOf<'restore'>> = {
  ...common,
  name: 'restore',
  label: (t) => t('deletion.operation.restore'),
  line: (t, subject) => {
    const place = placeText(subject.place);
    const [tag] = subject.tags;
    if (tag === undefined) return t('deletion.operation.restoreUntagged', { place });
    return subject.tags.length === 1
      ? t('deletion.operation.restoreOne', { tag, place })
      : t('deletion.operation.restoreMany', { count: subject.tags.length, place });
  },
};
