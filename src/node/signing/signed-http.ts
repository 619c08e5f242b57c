// Fills the SignedHttp port: makes the proof, then asks as every other question is asked.
import type { Http, HttpRequest, HttpResult, SignedHttp, Stop } from '../../core/ports.ts';
import { answerChallenge, readChallenge } from './digest.ts';
import { signForAws } from './aws.ts';
import { signForGoogle } from './google.ts';

type Values = Readonly<Record<string, string>>;

const unsigned: HttpResult = {
  ok: false,
  error: {
    why: 'refused-address',
    reason: 'The key holds no private key that can be read, so nothing can be signed with it.',
    next: 'Store the whole file as it was downloaded.',
  },
};

const askWithDigest = async (
  http: Http,
  request: HttpRequest,
  values: Values,
  stop: Stop,
): Promise<HttpResult> => {
  const first = await http.ask(request, stop);
  if (!first.ok || first.value.status !== 401) return first;
  const challenge = readChallenge(first.value.headers.get('www-authenticate'));
  const [user, password] = [
    values['user'] ?? values['publicKey'] ?? '',
    values['password'] ?? values['privateKey'] ?? values['secret'] ?? '',
  ];
  return challenge === undefined
    ? first
    : http.ask(answerChallenge(request, challenge, user, password), stop);
};

/** @param nowMs the clock: what is signed is dated */
export const createSignedHttp = (http: Http, nowMs: () => number): SignedHttp => ({
  ask: async (how, request, values, stop) => {
    if (how === 'aws-sigv4') return http.ask(signForAws(request, values, nowMs()), stop);
    if (how === 'http-digest') return askWithDigest(http, request, values, stop);
    const signed = signForGoogle(request, values, nowMs());
    return signed === null ? unsigned : http.ask(signed, stop);
  },
});
