/** Rows of so many operations, three entries each, as the record of changes has them; without hashes, which take longer. */
export const manyChanges = (count: number): string => `
  CREATE TEMP TABLE numbers AS
    WITH RECURSIVE up (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM up WHERE n < ${count - 1})
    SELECT n, printf('00000000-0000-4000-8000-%012d', n) AS id, printf('2026-01-01T00:00:00.%06dZ', n) AS at,
      iif(n % 4 = 0, 'delete', 'copy') AS kind, iif(n % 50 = 0, 'failed', 'done') AS status FROM up;
  INSERT INTO operations (id, subject, status, started, progress, owner)
    SELECT id, '{}', status, at, '{}', 'me' FROM numbers;
  INSERT INTO tag_changes (operation_id, repository, reference) SELECT id, 'team/app', n FROM numbers;
  INSERT INTO audit (form, at, who, host, operation_id, event, kind, registry, what, detail)
    SELECT 2, at, iif(n % 3 = 0, 'bob', 'ann'), 'cli', id, event, kind, printf('registry-%d.test', n % 10),
      printf('%s registry-%d.test/team/app-%d', kind, n % 10, n),
      json_object('changes', json_array(json_object('repository', 'team/app', 'before', printf('sha256:%064d', n))))
    FROM numbers, (SELECT 'started' AS event UNION ALL SELECT 'changes' UNION ALL SELECT 'done');
  DROP TABLE numbers`;
