import type { TagAnswer, TagDetails } from '../../../src-main/common/tag.ts';

/** Answers of tags by name: some of their details, or a failure. */
export function answersOf(
  tags: Readonly<Record<string, Partial<TagDetails> | { code: 'notFound' }>>,
): Map<string, TagAnswer> {
  return new Map(
    Object.entries(tags).map(([name, about]): [string, TagAnswer] => {
      if ('code' in about) return [name, { name, failure: { code: about.code, message: 'gone' } }];
      const details: TagDetails = {
        name,
        digest: 'sha256:aaa',
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        kind: 'image',
        size: 0,
        platforms: [],
        attested: false,
        ...about,
      };
      return [name, { name, details }];
    }),
  );
}
