import { namesOf } from './join.ts';
import { answersOf } from './tag-answers.ts';

/** Three tags on one image, one on another and one that cannot be read. */
export const someNames = namesOf('1.10', 'latest', '1.9', 'edge', '1');
export const someAnswers = answersOf({
  '1.10': { digest: 'sha256:bbb', size: 20, created: '2024-05-02T00:00:00Z' },
  latest: { digest: 'sha256:bbb', size: 20, created: '2024-05-02T00:00:00Z' },
  '1': { digest: 'sha256:bbb', size: 20, created: '2024-05-02T00:00:00Z' },
  '1.9': { digest: 'sha256:aaa', size: 30, created: '2024-05-01T22:00:00-04:00' },
  edge: { code: 'notFound' },
});
