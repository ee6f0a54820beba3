import type { RegistryPlace } from '../../src-main/common/place.ts';
import type { ShownSubject } from '../operation-kind.ts';

/** A garbage collection in words, whoever runs it. */
export const collecting = ({
  place,
  untagged,
}: {
  place: RegistryPlace;
  untagged: boolean;
}): ShownSubject => ({
  line: (t, names, tense) =>
    t(`collection.operation.${tense}.${untagged ? 'untagged' : 'garbage'}`, {
      place: names.registry(place),
    }),
  searched: () => [place.host],
  facts: () => [],
  // Tags stay as they are.
  changes: () => [],
});
