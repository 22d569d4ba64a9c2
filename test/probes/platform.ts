import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, or text as it is. */
  body?: unknown;
  /** Never answers. */
  hang?: true;
}

export interface Request {
  method: string;
  /** Path without the query. */
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** The body before it was read as UTF-8. */
  bytes: Buffer;
}

/** A platform on the loopback interface. */
export interface Platform {
  url: string;
  /** Its certificate, which it signed itself, in PEM; empty without TLS. */
  certificate: string;
  /** Method and path of each request, in order. */
  asked: string[];
}

/** Starts a platform that answers as `handle` says; it ends with the test. */
export async function platform(
  handle: (request: Request) => Answer | Promise<Answer>,
  { tls = false } = {},
): Promise<Platform> {
  const asked: string[] = [];
  const listener: http.RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://platform');
    const method = request.method ?? 'GET';
    asked.push(`${method} ${request.url}`);
    const { headers } = request;
    const answer = await handle({
      method,
      path: pathname,
      query: searchParams,
      headers,
      body: bytes.toString(),
      bytes,
    });
    if (answer.hang === true) return;
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(text);
  };
  const keys = tls ? ownCertificate() : undefined;
  const server = keys === undefined ? http.createServer(listener) : https.createServer(keys, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, certificate: keys?.cert ?? '', asked };
}

/** A proxy that leads every connection to one platform, whatever the name. */
export async function proxyTo({ url }: Platform): Promise<string> {
  const server = http.createServer();
  server.on('connect', (_, client) => {
    const onward = connect(Number(new URL(url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(client).pipe(onward);
    });
    for (const end of [client, onward]) end.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Whom the certificate speaks for: this machine, and the hosts that a proxy leads here. */
const NAMES = ['git.example.org', '*.amazonaws.com', '*.eu-central-1.amazonaws.com', '*.googleapis.com'].map(
  (name) => `DNS:${name}`,
);
let made: { key: string; cert: string } | undefined;

/** A key and a certificate for the loopback address, made once. */
function ownCertificate(): { key: string; cert: string } {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', `subjectAltName=IP:127.0.0.1,${NAMES.join(',')}`];
  const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...algorithm, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}
