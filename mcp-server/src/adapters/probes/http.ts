import { createHash } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';

/** Longest answer of a system. */
export const MAX_BYTES = 8 * 1024 * 1024;
/** A redirect inside one origin is followed this often; one to another origin never, because it would carry a credential there. */
const MAX_REDIRECTS = 3;
/** A system that asks for patience gets it once, this long at most. */
const MAX_WAIT_MS = 2000;

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Certificates to trust, in PEM. */
  ca?: string;
  /** Path of a Unix socket. */
  socket?: string;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  bytes: number;
  sha256: string;
}

/** Why there was no answer: a phrase for people. */
export interface HttpFailure {
  failure: string;
}

/** Asks once; follows redirects inside the origin and waits once when it is told to. Never throws. */
export async function request(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | HttpFailure> {
  let { url } = asked;
  let waited = false;
  for (let hops = 0; ; ) {
    const answer = await once({ ...asked, url }, signal);
    if ('failure' in answer) return answer;
    if (answer.status === 429 && !waited) {
      const pause = retryAfter(answer.headers['retry-after']);
      if (pause !== undefined && (await sleep(pause, signal))) {
        waited = true;
        continue;
      }
    }
    const to = answer.headers['location'];
    if (answer.status < 300 || answer.status > 399 || to === undefined) return answer;
    const next = URL.canParse(to, url) ? new URL(to, url) : undefined;
    if (next?.origin !== new URL(url).origin)
      return { failure: 'it sends to another address, which is not followed: name that one if it is right' };
    if (asked.method === 'POST') return { failure: 'it redirects a POST' };
    if (++hops > MAX_REDIRECTS) return { failure: 'it redirects in a circle' };
    url = next.href;
  }
}

function once(asked: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | HttpFailure> {
  return new Promise((resolve) => {
    const secure = asked.url.startsWith('https:');
    const failed = (error: NodeJS.ErrnoException) => resolve({ failure: failureOf(error, signal) });
    const options = {
      method: asked.method,
      headers: { accept: 'application/json', 'user-agent': 'countersign-probe', ...asked.headers },
      signal,
      ...(asked.ca === undefined ? {} : { ca: asked.ca }),
      ...(asked.socket === undefined ? {} : { socketPath: asked.socket }),
    };
    const receive = (response: http.IncomingMessage) => {
      const chunks: Buffer[] = [];
      const hash = createHash('sha256');
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        hash.update(chunk);
        bytes += chunk.length;
        if (bytes <= MAX_BYTES) return chunks.push(chunk);
        resolve({ failure: `the answer is longer than ${MAX_BYTES / 1024 / 1024} MiB` });
        return response.destroy();
      });
      response.once('error', failed);
      response.once('aborted', () => resolve({ failure: 'the connection broke off' }));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key, String(value)])),
          text: Buffer.concat(chunks).toString('utf8'),
          bytes,
          sha256: hash.digest('hex'),
        }),
      );
    };
    try {
      const sent = secure ? https.request(asked.url, options, receive) : http.request(asked.url, options, receive);
      sent.once('error', failed);
      sent.end(asked.body);
    } catch (error) {
      failed(error as NodeJS.ErrnoException);
    }
  });
}

/** What an error means to the person who has to mend it. TLS codes: OpenSSL's, as Node names them. */
function failureOf(error: NodeJS.ErrnoException, signal: AbortSignal): string {
  if (signal.aborted) return 'no answer in time';
  const code = error.code ?? '';
  if (/^(?:ENOTFOUND|EAI_AGAIN)$/.test(code)) return 'its name cannot be resolved: is the URL right?';
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'nothing listens there';
  if (code === 'EACCES') return 'this user may not connect to it';
  if (/CERT|SELF_SIGNED|ISSUER|UNABLE_TO|ALTNAME/.test(code))
    return `its certificate is not trusted (${code}): name the right ca-file, or mend the certificate`;
  if (/^(?:EPROTO|ERR_SSL)/.test(code)) return `no TLS connection (${code}): is the URL right?`;
  return `no connection (${code === '' ? 'unknown cause' : code})`;
}

/** Milliseconds of a Retry-After header in seconds (RFC 9110, 10.2.3); undefined when that is too long, or a date. */
function retryAfter(header: string | undefined): number | undefined {
  const ms = /^\d{1,4}$/.test(header ?? '') ? Number(header) * 1000 : undefined;
  return ms === undefined || ms > MAX_WAIT_MS ? undefined : ms;
}

/** Whether it slept to the end. */
function sleep(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
