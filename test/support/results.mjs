/**
 * @typedef {{passed: number, failed: readonly string[], skipped: readonly string[]}} Result  names of tests; a failure's may be the
 *   name of a file or of a step
 * @typedef {{fullName: string, status: string}} TestResult
 * @typedef {{name: string, status: string, assertionResults: readonly TestResult[]}} FileResult
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
  const failed = [
    ...tests.filter((test) => test.status === 'failed').map((test) => test.fullName),
    ...broken.map((file) => `the file ${file.name}`),
  ];
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    // Unhandled rejections, no test found, a crash: Vitest fails without a failed test or file.
    failed: failed.length === 0 && code !== 0 ? [`no test: Vitest ended with ${code}`] : failed,
    skipped: tests
      .filter((test) => test.status !== 'passed' && test.status !== 'failed')
      .map((test) => test.fullName),
  };
}
