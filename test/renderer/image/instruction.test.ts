import { expect, test } from 'vitest';
import { readInstruction } from '../../../src-renderer/image/instruction.ts';

test.each([
  ['/bin/sh -c #(nop)  CMD ["sh"]', { keyword: 'CMD', text: '["sh"]' }],
  ['/bin/sh -c #(nop) ADD file:12ab in / ', { keyword: 'ADD', text: 'file:12ab in /' }],
  [
    '/bin/sh -c apt-get update && apt-get install -y curl',
    { keyword: 'RUN', text: 'apt-get update && apt-get install -y curl' },
  ],
  ['RUN /bin/sh -c apk add --no-cache git # buildkit', { keyword: 'RUN', text: 'apk add --no-cache git' }],
  ['RUN |1 VERSION=1.2 /bin/sh -c make # buildkit', { keyword: 'RUN', text: 'make' }],
  ['COPY /src /app # buildkit', { keyword: 'COPY', text: '/src /app' }],
  ['ENV PATH=/usr/bin', { keyword: 'ENV', text: 'PATH=/usr/bin' }],
  ['bazel build //image', { text: 'bazel build //image' }],
  ['RUN', { text: 'RUN' }],
])('%s', (createdBy, instruction) => {
  expect(readInstruction(createdBy)).toEqual(instruction);
});
