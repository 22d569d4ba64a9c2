// GitHub's and GitLab's REST interfaces as far as they are read here: paths, login, shapes, pages and errors as documented
// (GitHub REST 2022-11-28, GitLab REST v4). What they say lies in a JSON file, read anew at each request.
//   node fake-forge.mjs STATE.json   prints its port
// The real gh speaks plain HTTP to the host github.localhost, and reaches it through HTTP_PROXY.
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [, , stateFile = ''] = process.argv;

const server = http.createServer((req, res) => {
  const state = JSON.parse(readFileSync(stateFile, 'utf8'));
  const url = new URL(req.url ?? '/', 'http://fake.invalid');
  const { status, body, headers = {} } = answer(state, url, req.headers);
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  res.end(JSON.stringify(body));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${/** @type {import('node:net').AddressInfo} */ (server.address()).port}\n`);
});

/** @param {any} state @param {URL} url @param {http.IncomingHttpHeaders} headers @returns {{ status: number, body: unknown, headers?: Record<string, string> }} */
function answer(state, url, headers) {
  const gitlab = url.pathname.startsWith('/api/v4/');
  const token = gitlab ? headers['private-token'] : headers.authorization?.replace(/^(?:token|bearer) /i, '');
  if (token !== state.token) return failed(gitlab, 401);
  if (state.failing?.[url.pathname]) return failed(gitlab, state.failing[url.pathname]);
  const found = gitlab ? fromGitLab(state.gitlab, url) : fromGitHub(state.github, url);
  return found ?? failed(gitlab, 404);
}

/** @param {boolean} gitlab @param {number} status */
function failed(gitlab, status) {
  const said = { 401: 'Bad credentials', 403: 'Forbidden', 404: 'Not Found', 422: 'No commit found for SHA' }[status];
  const message = said ?? 'API rate limit exceeded';
  if (gitlab) return { status, body: { message: `${status} ${message}` } };
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

/** @param {any} state @param {URL} url */
function fromGitHub(state, { pathname, searchParams }) {
  const path = pathname.replace(`/repos/${state.repository}/`, '');
  const [, number, reviews] = /^pulls\/(\d+)(\/reviews)?$/.exec(path) ?? [];
  const pull = state.pulls[number ?? ''];
  if (number && !pull) return undefined;
  if (reviews) return page(pull.reviews, searchParams);
  if (number) {
    const { branch, commit, from = state.repository } = pull;
    const repository = (/** @type {string} */ name) => ({ repo: { full_name: name } });
    const head = { ref: branch, sha: commit, ...repository(from) };
    return { status: 200, body: { number: Number(number), head, base: repository(state.repository) } };
  }
  const [, sha] = /^commits\/([0-9a-f]+)\/pulls$/.exec(path) ?? [];
  if (sha) {
    const numbers = state.commits?.[sha];
    if (!numbers) return failed(false, 422);
    return { status: 200, body: numbers.map((/** @type {number} */ one) => ({ number: one })) };
  }
  const [, branch] = /^branches\/(.+)$/.exec(path) ?? [];
  if (branch && branch in (state.branches ?? {}))
    return { status: 200, body: { name: branch, protected: state.branches[branch] } };
  return undefined;
}

/** @param {any} state @param {URL} url */
function fromGitLab(state, { pathname, searchParams }) {
  const path = pathname.replace(`/api/v4/projects/${encodeURIComponent(state.project)}/`, '');
  const [, iid, part] = /^merge_requests\/(\d+)(?:\/(approvals|versions|notes))?$/.exec(path) ?? [];
  const merge = state.merges[iid ?? ''];
  if (merge && part === 'approvals') return { status: 200, body: { approved_by: merge.approved_by } };
  if (merge && part) return page(merge[part], searchParams);
  if (merge) {
    const { branch, commit, from = 1 } = merge;
    return {
      status: 200,
      body: { iid: Number(iid), source_branch: branch, sha: commit, source_project_id: from, target_project_id: 1 },
    };
  }
  const [, sha] = /^repository\/commits\/([0-9a-f]+)\/merge_requests$/.exec(path) ?? [];
  const iids = state.commits?.[sha ?? ''];
  if (iids) return { status: 200, body: iids.map((/** @type {number} */ one) => ({ iid: one })) };
  const [, branch] = /^protected_branches\/(.+)$/.exec(path) ?? [];
  if (branch && state.protected?.includes(branch)) return { status: 200, body: { name: branch } };
  return undefined;
}

/** @param {unknown[]} all @param {URLSearchParams} query */
function page(all, query) {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const number = Number(query.get('page') ?? 1);
  return { status: 200, body: all.slice((number - 1) * size, number * size) };
}
