// A release is named after the version that it says of itself: fails where the tag, package.json and CHANGELOG.md disagree.
//   node scripts/check-tag.mjs [tag, else the one in GITHUB_REF_NAME]
import { readFileSync } from 'node:fs';
import { fromRoot } from './lib/paths.mjs';
import { SetupError, runMain, say } from './lib/say.mjs';

await runMain((args) => {
  const tag = args[0] ?? process.env.GITHUB_REF_NAME ?? '';
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  if (tag !== `v${version}`) {
    throw new SetupError(
      `The tag is ${tag || 'not given'} and package.json says ${version}: tag it v${version}.`,
    );
  }
  const heading = `## [${version}] - `;
  if (!readFileSync(fromRoot('CHANGELOG.md'), 'utf8').includes(heading)) {
    throw new SetupError(
      `CHANGELOG.md has no heading "${heading}<date>": give what is unreleased its version.`,
    );
  }
  say(`the tag, package.json and CHANGELOG.md agree on ${version}`);
  return 0;
});
