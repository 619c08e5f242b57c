// The workflows run with rights that a stranger's change must not get. What each may do is held here to what it needs.
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');

type Rights = Readonly<Record<string, string>> | string;
type Step = {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
};
type Job = {
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Rights;
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
};
type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Rights;
  readonly jobs: Readonly<Record<string, Job>>;
};

const readWorkflow = (text: string): Workflow => parse(text) as Workflow;
const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
const workflows = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
const release = readWorkflow(readFileSync(join(folder, 'release.yml'), 'utf8'));

/** What may be written, by workflow and job; nothing else may. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  'release.yml attest': ['attestations', 'id-token'],
  'release.yml draft': ['contents'],
};

const rightsOf = (workflow: Workflow, job: Job): Rights => job.permissions ?? workflow.permissions ?? 'all';

const faultsOfStep = (step: Step): readonly string[] => [
  ...(step.uses !== undefined && !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(step.uses)
    ? [`${step.uses} is not pinned by a commit`]
    : []),
  ...(step.uses?.startsWith('actions/checkout@') === true && step.with?.['persist-credentials'] !== false
    ? ['a checkout keeps its token']
    : []),
  // What a stranger may name (a branch, a title) must come in by a variable, never into the text of a script.
  ...(/\$\{\{(?!\s*matrix\.)/.test(step.run ?? '') ? ['an expression inside a script'] : []),
  ...(/\bnpm (install|i|add)\b|\bnpx (?!vitest)|curl[^|]*\|/.test(step.run ?? '')
    ? ['installs what no lock file names']
    : []),
  ...(/\bnpm ci\b(?!.*--ignore-scripts)/.test(step.run ?? '') ? ['npm ci with scripts'] : []),
];

const faultsOf = (name: string, text: string): readonly string[] => {
  const workflow = readWorkflow(text);
  const triggers = Object.keys(workflow.on).filter((each) =>
    /pull_request_target|workflow_run|issue/.test(each),
  );
  const versions = text
    .split('\n')
    .filter((line) => /\buses:/.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
  return [
    ...triggers.map((each) => `is started by ${each}`),
    ...versions.map((line) => `says no version: ${line.trim()}`),
    ...Object.entries(workflow.jobs).flatMap(([job, entry]) => {
      const rights = rightsOf(workflow, entry);
      const written =
        typeof rights === 'string'
          ? [rights]
          : Object.entries(rights).flatMap(([right, how]) => (how === 'write' ? [right] : []));
      const unwanted = written.filter((right) => !(mayWrite[`${name} ${job}`] ?? []).includes(right));
      return [
        ...unwanted.map((right) => `${job} may write ${right}`),
        ...(entry['timeout-minutes'] === undefined ? [`${job} has no end`] : []),
        ...entry.steps.flatMap(faultsOfStep).map((fault) => `${job}: ${fault}`),
      ];
    }),
  ];
};

describe('the workflows', () => {
  it('are four', () => {
    expect(names.toSorted()).toEqual(['audit.yml', 'ci.yml', 'nightly.yml', 'release.yml']);
  });

  it.each(workflows)('have the rights they need and no more (%s)', (name, text) => {
    expect(faultsOf(name, text)).toEqual([]);
  });

  it('would be refused with more', () => {
    const text = workflows.find(([name]) => name === 'ci.yml')?.[1] ?? '';
    const hash = /checkout@([0-9a-f]{40}) # v[\d.]+/.exec(text);
    const changes: readonly (readonly [from: string | RegExp, to: string])[] = [
      ['pull_request:', 'pull_request_target:'],
      ['contents: read', 'contents: write'],
      ['contents: read', 'id-token: write'],
      [/permissions:\n {2}contents: read\n/, ''],
      [/permissions:\n {2}contents: read\n/, 'permissions: write-all\n'],
      [hash?.[0] ?? 'none', 'checkout@main'],
      [hash?.[0] ?? 'none', 'checkout@v7'],
      [hash?.[0] ?? 'none', `checkout@${hash?.[1] ?? ''}`],
      ['persist-credentials: false', 'persist-credentials: true'],
      [/run: npm test/, 'run: echo ${{ github.head_ref }}'],
      [/run: npm test/, 'run: npx something@latest'],
      [/npm ci --ignore-scripts/, 'npm ci'],
      [/timeout-minutes: \d+/, ''],
    ];
    for (const [from, to] of changes) {
      const changed = text.replace(from, to);
      expect(changed, String(from)).not.toBe(text);
      expect(faultsOf('ci.yml', changed).length, to).toBeGreaterThan(0);
    }
  });
});

describe('each night', () => {
  const nightly = readWorkflow(readFileSync(join(folder, 'nightly.yml'), 'utf8'));
  const scriptOf = (job: string): string =>
    nightly.jobs[job]?.steps.map(({ run }) => run ?? '').join('\n') ?? '';

  it('everything that takes long runs, on real Electron, and no change of a stranger starts it', () => {
    expect(Object.keys(nightly.on)).toEqual(['schedule', 'workflow_dispatch']);
    expect(scriptOf('long')).toMatch(/^npm run test:long$/m);
    expect(nightly.jobs['long']?.env).toEqual({ KEYTURN_REQUIRE_ELECTRON: '1' });
  });

  it('the disks that only root can make are made, and one that cannot be made is a failure', () => {
    expect(scriptOf('disks')).toMatch(/^sudo .*test\/real\/disk-trouble\.test\.ts$/m);
    expect(scriptOf('disks')).toContain('btrfs-progs');
    expect(nightly.jobs['disks']?.env).toEqual({ KEYTURN_LONG: '1', KEYTURN_REQUIRE_DISKS: '1' });
  });
});

describe('the release', () => {
  const jobs = Object.entries(release.jobs);
  const script = (job: string): string =>
    release.jobs[job]?.steps.map(({ run }) => run ?? '').join('\n') ?? '';

  it('starts from a tag alone', () => {
    expect(release.on).toEqual({ push: { tags: ['v*.*.*'] } });
    expect(release.permissions).toEqual({});
  });

  it('asks for an identity in the job that attests, which runs nothing of the repository', () => {
    const asking = jobs.filter(([, job]) => JSON.stringify(job.permissions).includes('id-token'));
    expect(asking.map(([name]) => name)).toEqual(['attest']);
    const steps = release.jobs['attest']?.steps ?? [];
    expect(steps.filter(({ uses }) => uses?.startsWith('actions/checkout'))).toEqual([]);
    expect(steps.find(({ uses }) => uses?.startsWith('actions/attest-build-provenance'))?.with).toEqual({
      'subject-checksums': 'release/SHA256SUMS',
    });
    expect(script('attest')).toContain('sha256sum');
  });

  it('tests on three systems, then packs, then attests, then makes a draft', () => {
    expect(jobs.map(([name, { needs }]) => [name, needs])).toEqual([
      ['test', undefined],
      ['package', 'test'],
      ['attest', 'package'],
      ['draft', 'attest'],
    ]);
    expect(release.jobs['test']?.strategy?.matrix['system']).toEqual([
      'ubuntu-24.04',
      'macos-15',
      'windows-2025',
    ]);
    expect(release.jobs['test']?.env).toEqual({ KEYTURN_REQUIRE_ELECTRON: '1' });
    expect(script('test')).toMatch(/^npm test$/m);
    expect(script('draft')).toContain('--draft');
  });

  it('packs from lock files, checks tag and fuses, and lists what went in', () => {
    const words = script('package');
    for (const each of [
      /^npm ci --ignore-scripts$/m,
      /^npm ci --ignore-scripts --prefix packaging$/m,
      /^node scripts\/check-tag\.mjs$/m,
      /^node scripts\/check-fuses\.mjs \$\{\{ matrix\.app \}\}$/m,
      /^npm sbom --sbom-format cyclonedx/m,
    ]) {
      expect(words).toMatch(each);
    }
    for (const system of ['--linux', '--win', '--mac']) expect(words).toContain(`${system} --publish never`);
  });

  it('shows the signing keys to the one step that signs with them', () => {
    const seeing = jobs.flatMap(([name, { steps }]) =>
      steps
        .filter((step) => JSON.stringify(step).includes('secrets.'))
        .map((step) => [
          name,
          step.if,
          Object.values(step.env ?? {}).filter((value) => value.includes('secrets.')).length,
        ]),
    );
    expect(seeing).toEqual([
      ['package', "runner.os == 'Windows'", 2],
      ['package', "runner.os == 'macOS'", 5],
    ]);
    expect(release.jobs['package']?.environment).toBe('release');
  });

  it('takes nothing from a cache that other runs can write', () => {
    const steps = jobs.flatMap(([, job]) => job.steps);
    expect(steps.filter(({ uses }) => uses?.includes('/cache@'))).toEqual([]);
    const nodes = steps.filter(({ uses }) => uses?.startsWith('actions/setup-node'));
    expect(nodes).toHaveLength(2);
    for (const step of nodes) {
      expect(step.with?.['package-manager-cache']).toBe(false);
      expect(step.with).not.toHaveProperty('cache');
    }
  });

  it('is refused where the tag and the version disagree', async () => {
    const run = (tag: string): Promise<string> =>
      new Promise((done) => {
        execFile(process.execPath, [join(root, 'scripts/check-tag.mjs'), tag], (error, _out, words) => {
          done(`${String(error?.code ?? 0)} ${words}`);
        });
      });
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    const [other, none, own] = await Promise.all([run('v99.0.0'), run(''), run(`v${version}`)]);
    expect(other).toMatch(/^1 .*The tag is v99\.0\.0/);
    expect(none).toMatch(/^1 .*The tag is not given/);
    const released = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').includes(`## [${version}] - `);
    expect(own).toMatch(released ? /^0 .*agree on/ : /^1 .*CHANGELOG\.md has no heading/);
  });
});
