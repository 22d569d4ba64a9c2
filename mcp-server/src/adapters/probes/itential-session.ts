import * as z from 'zod';
import { type Asked, type AskOptions, type Call, type Hands, isRefusal, type Refusal, type Target } from './probe.ts';
import { settingsOf } from './system.ts';

/** The calls of a session; whoever opens one declares them. */
export const ITENTIAL_LOG_IN = {
  token: { post: '/oauth/token', form: true },
  login: { post: '/login' },
} as const satisfies Readonly<Record<string, Call>>;

/** How a token goes along: OAuth's in a header, that of a log-in in the query. */
type Login = Pick<AskOptions, 'headers' | 'query'>;

/**
 * A session with Itential Platform, for the probe and for extraction: a token that is asked for once more when it is no longer
 * accepted.
 */
export class ItentialSession {
  #login: Login;
  #renewing: Promise<Login | Refusal> | undefined;
  #renewals = 0;
  /** Whether the present token has brought an answer. */
  #served = false;
  readonly #target: Target;
  readonly #hands: Hands;

  private constructor(target: Target, hands: Hands, login: Login) {
    this.#target = target;
    this.#hands = hands;
    this.#login = login;
  }

  static async open(target: Target, hands: Hands): Promise<ItentialSession | Refusal> {
    const login = await logIn(target, hands);
    return 'outcome' in login ? login : new ItentialSession(target, hands, login);
  }

  /** Asks; where the token is no longer accepted, once more with a new one. */
  async ask<T>(call: string, schema: z.ZodType<T>, options: AskOptions = {}): Promise<Asked<T>> {
    const used = this.#login;
    const answer = await this.#hands.ask(call, schema, { ...options, ...used });
    if (!isRefusal(answer)) this.#served = true;
    if (!isRefusal(answer) || answer.status !== 401) return answer;
    if (this.#login === used) {
      const refusal = await this.#renew();
      if (refusal !== undefined) return refusal;
    }
    const again = await this.#hands.ask(call, schema, { ...options, ...this.#login });
    if (!isRefusal(again)) this.#served = true;
    return again;
  }

  /** Calls run side by side: one log-in serves all that were refused. A token that never served is not replaced. */
  async #renew(): Promise<Refusal | undefined> {
    if (!this.#served && this.#renewals > 0)
      return { outcome: 'denied', reason: 'it does not accept its own token (401)' };
    this.#renewing ??= logIn(this.#target, this.#hands);
    const login = await this.#renewing;
    this.#renewing = undefined;
    if ('outcome' in login) return login;
    if (this.#login !== login) {
      this.#login = login;
      this.#served = false;
      this.#renewals++;
    }
    return undefined;
  }
}

/** A ready token, else one for a client by OAuth, else one of a log-in as a user. */
async function logIn(target: Target, hands: Hands): Promise<Login | Refusal> {
  const { 'token-env': ready, 'user-env': user, 'password-env': password } = settingsOf(target, hands);
  if (ready !== undefined) {
    const token = hands.secret(ready);
    return token === undefined ? unset(ready) : { headers: { authorization: `Bearer ${token}` } };
  }
  const name = hands.secret(user);
  const secret = hands.secret(password);
  if (name === undefined || secret === undefined) return unset(name === undefined ? user : password);
  const body = { grant_type: 'client_credentials', client_id: name, client_secret: secret };
  const granted = await hands.ask('token', z.object({ access_token: z.string() }), { body });
  if (!isRefusal(granted)) {
    hands.hide(granted.value.access_token);
    return { headers: { authorization: `Bearer ${granted.value.access_token}` } };
  }
  const login = await hands.text('login', { body: { username: name, password: secret } });
  if (isRefusal(login)) return login.outcome === 'absent' ? { ...granted, outcome: 'denied' } : login;
  const token = login.value.trim().replace(/^"(.*)"$/, '$1');
  hands.hide(token);
  return { query: { token } };
}

const unset = (name: string | undefined): Refusal => ({
  outcome: 'not-probed',
  reason: name === undefined ? 'countersign.yaml names no credential' : `the variable ${name} is not set`,
});
