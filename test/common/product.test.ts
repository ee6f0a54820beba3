import { describe, expect, test } from 'vitest';
import { type FieldValue, fieldsOf, fits, resource } from '../../src-main/common/product.ts';
import { FIELD_TYPES, type Field } from '../../src-main/engine/resource-kinds.ts';

const field = (type: Field['type']): Field => ({
  type,
  set: 'always',
  ...(type === 'choice' && { choices: ['allow', 'deny'] }),
});

describe('what products manage', () => {
  test.each<[Field['type'], FieldValue, FieldValue]>([
    ['text', 'one line', 'two\nlines'],
    ['lines', 'two\nlines', 3],
    ['count', -1, 1.5],
    ['bytes', 0, -1],
    ['flag', false, 'false'],
    ['time', '2026-11-25T19:11:41.632Z', 'yesterday'],
    ['list', ['a', 'b'], 'a'],
    ['choice', 'deny', 'maybe'],
  ])('a field of type %s holds what it may, and nothing else', (type, right, wrong) => {
    expect([fits(field(type), right), fits(field(type), wrong), fits(field(type), null)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('each type is one of some kind, or could be', () => {
    expect(FIELD_TYPES.every((type) => fits(field(type), null))).toBe(true);
  });

  test('kinds have their fields by name, and a resource says what may be done to it', () => {
    expect(fieldsOf('quota')).toEqual({
      limit: { type: 'bytes', set: 'always' },
      used: { type: 'bytes', set: 'never' },
    });
    const small = {
      kind: 'quota',
      id: '6',
      name: 'small',
      fields: { limit: null, used: 0 },
      may: { change: 'administrators' },
    };
    expect(resource.parse(small)).toEqual(small);
    expect(resource.safeParse({ ...small, kind: 'volume' }).success).toBe(false);
    expect(resource.safeParse({ ...small, may: { change: 'perhaps' } }).success).toBe(false);
  });
});
