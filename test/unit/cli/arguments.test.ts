// The words of a command line, as shared/cli.md writes them.
import { describe, expect, it } from 'vitest';
import { parseWords, type OptionTable } from '../../../src/cli/arguments.ts';

const table: OptionTable = { env: 'list', field: 'list', kind: 'value', 'value-stdin': 'flag' };

const parsed = (words: readonly string[], wanted = 1) => {
  const result = parseWords(words, table, wanted);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const refused = (words: readonly string[]) => {
  const result = parseWords(words, table, 1);
  if (result.ok) throw new Error('was taken');
  return result.error;
};

describe('parseWords', () => {
  it('lets a list option take every bare word once the name is there', () => {
    const words = parsed(['mail', '--env', 'production', 'staging', '--field', 'a=1', 'b=2']);
    expect(words.positionals).toEqual(['mail']);
    expect(words.lists.get('env')).toEqual(['production', 'staging']);
    expect(words.lists.get('field')).toEqual(['a=1', 'b=2']);
  });

  it('takes the name also when it follows the list option', () => {
    const words = parsed(['--env', 'production', 'mail']);
    expect(words.positionals).toEqual(['mail']);
    expect(words.lists.get('env')).toEqual(['production']);
  });

  it('gathers a repeated list option', () => {
    expect(parsed(['mail', '--env', 'a', '--env=b']).lists.get('env')).toEqual(['a', 'b']);
  });

  it('keeps an equals sign inside a value', () => {
    expect(parsed(['mail', '--kind=live=x']).values.get('kind')).toBe('live=x');
  });

  it('takes everything after -- as it stands', () => {
    expect(parsed(['--', '--env', '-x'], 2).positionals).toEqual(['--env', '-x']);
  });

  it('knows the global options in every place', () => {
    const words = parsed(['--json', 'mail', '-y', '--project', 'acme']);
    expect([...words.flags].toSorted()).toEqual(['json', 'yes']);
    expect(words.values.get('project')).toBe('acme');
  });

  it.each([
    [['mail', '--nope'], '--nope'],
    [['mail', '-z'], '-z'],
    [['mail', '--kind'], '--kind'],
    [['mail', '--kind', '--env'], '--kind'],
    [['mail', '--kind', 'a', '--kind', 'b'], 'twice'],
    [['mail', '--value-stdin=yes'], 'no value'],
  ])('refuses %j and names the option', (words, named) => {
    const error = refused(words);
    expect(error.kind).toBe('bad-input');
    expect(error.message).toContain(named);
    expect(error.next).not.toBe('');
  });

  it('never repeats a value in a refusal', () => {
    expect(refused(['mail', '--secret=hunter']).message).not.toContain('hunter');
  });
});
