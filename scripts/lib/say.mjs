// One plain line for each thing a script does, so that a newcomer sees why they wait. Never prints anything secret: it is
// given words, versions and paths only.

/** Says one line on standard error: standard output belongs to what the script runs. */
export const say = (line) => process.stderr.write(`keyturn: ${line}\n`);

/** An expected failure of the set-up: said in plain words, without a stack. */
export class SetupError extends Error {}

/** Runs a script's main function; an expected failure ends in words, a bug in a stack, both in exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof SetupError) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
