// Entry of the git hook's program, out/cli/guard.cjs: a bundle of its own that stays free of the vault, so that it starts at once.
import { guardMain } from '../agent/guard/guard-entry.ts';

// No await at the top: it is built as CommonJS, which Node starts sooner.
void guardMain(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
