// Turns what the test runners report into counts. Pure, so that the gate itself is tested: a suite that ran nothing, or that
// failed without a failed test, must never pass.

/** Counts of a vitest JSON report, kind by kind (its folder in `tests`); a file that could not be loaded is one failure. */
export function vitestCounts(report, kinds, tests) {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, { passed: 0, failed: 0 }]));
  for (const file of report?.testResults ?? []) {
    const [kind] = file.name.slice(tests.length + 1).split(/[\\/]/);
    const count = (counts[kind] ??= { passed: 0, failed: 0 });
    const states = file.assertionResults.map(({ status }) => status);
    count.passed += states.filter((state) => state === 'passed').length;
    count.failed += states.filter((state) => state === 'failed').length;
    if (file.status === 'failed' && !states.includes('failed')) count.failed += 1;
  }
  return counts;
}

/** Counts of a Playwright JSON report; an error outside every test is a failure of its own. */
export function playwrightCounts(report) {
  const { stats, errors = [] } = report ?? {};
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: (stats?.unexpected ?? 0) + errors.length,
  };
}

/** Sums up a suite that ended with `code`: `{passed, failed, lines}`, a line for each thing to say. */
export function sumUp(name, counts, code) {
  const sum = { passed: 0, failed: 0, lines: [] };
  for (const [part, { passed, failed }] of Object.entries(counts)) {
    const isEmpty = passed + failed === 0;
    const failures = isEmpty ? 1 : failed;
    sum.passed += passed;
    sum.failed += failures;
    sum.lines.push(`${part}: ${passed} passed, ${failures} failed${isEmpty ? ' (it has no tests)' : ''}`);
  }
  if (code !== 0 && sum.failed === 0) {
    sum.failed = 1;
    sum.lines.push(`${name} ended with code ${code} though no test failed`);
  }
  return sum;
}
