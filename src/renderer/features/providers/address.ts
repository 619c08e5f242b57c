// Whether an address may be asked: https, or http on this computer. The agent decides again; this only says it early. Pure.
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What is wrong with a typed base URL, or null where nothing is. */
export const addressProblem = (typed: string): string | null => {
  const text = typed.trim();
  if (text === '') return null;
  if (!URL.canParse(text)) return 'This is no address. Write it whole: https://git.example.com';
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return 'An address must not hold a name or a password.';
  if (protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname))) return null;
  return 'Only https is asked, or http on this computer (localhost).';
};
