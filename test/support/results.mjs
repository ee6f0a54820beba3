/**
 * @typedef {{passed: number, failed: number, skipped: readonly string[]}} Result  `skipped`: names
 * @typedef {{fullName: string, status: string}} TestResult
 * @typedef {{status: string, assertionResults: readonly TestResult[]}} FileResult
 */

/**
 * Sums up a run of Vitest. Whatever made it fail counts as a failure, also where no test is the one that failed.
 *
 * @param {readonly FileResult[]} files `testResults` of its JSON reporter; empty where it wrote none
 * @param {number} code its exit code
 * @returns {Result}
 */
export function countTests(files, code) {
  const tests = files.flatMap((file) => file.assertionResults);
  // A file that does not load, or whose hooks fail, has no failed test of its own.
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = tests.filter((test) => test.status === 'failed').length + broken.length;
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    // Unhandled rejections, no test found, a crash: Vitest fails without a failed test or file.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: tests
      .filter((test) => test.status !== 'passed' && test.status !== 'failed')
      .map((test) => test.fullName),
  };
}
