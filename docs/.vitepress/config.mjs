import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vitepress';
import manifest from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '..', '..');
const REPOSITORY = manifest.repository.url.replace(/^git\+|\.git$/g, '');

// The site may lie at any address and in any folder of it.
const BASE = process.env.DOCS_BASE ?? '/';

const pages = (...entries) => entries.map(([text, page]) => ({ text, link: `/${page}` }));

export default defineConfig({
  title: 'Countersign',
  description: manifest.description,
  base: BASE,
  cleanUrls: false,
  outDir: '../.cache/docs',
  cacheDir: '../.cache/vitepress',
  lastUpdated: false,
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'terminal-cast' } } },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // A placeholder such as <id> is text, and pages bring no markup of their own.
    html: false,
    config(md) {
      md.core.ruler.after('inline', 'links-out-of-docs', linksOutOfDocs);
      md.core.ruler.after('inline', 'recorded-sessions', recordedSessions);
      md.core.ruler.push('reachable-code', reachableCode);
      md.core.ruler.before('normalize', 'without-comments', withoutComments);
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    nav: pages(['First delivery', 'guide-first-delivery'], ['Concepts', 'concepts'], ['Reference', 'cli']),
    sidebar: [
      {
        text: 'Start',
        items: pages(
          ['The first delivery', 'guide-first-delivery'],
          ['The first gate in a terminal', 'guide-terminal'],
          ['Concepts', 'concepts'],
          ['Questions', 'faq'],
          ['Beside other tools', 'comparison'],
        ),
      },
      {
        text: 'Guides',
        items: pages(
          ['Adopt what exists', 'guide-adopt'],
          ['Change what was agreed', 'change'],
          ['Approve as a team', 'guide-team'],
          ['Signed approvals', 'signing'],
          ['Verify in CI', 'ci'],
          ['Deploy', 'deploy'],
          ['After the deploy', 'operations'],
          ['From an agent run', 'extract-runs'],
          ['Come from another tool', 'import'],
          ['Other clients', 'guide-other-clients'],
        ),
      },
      {
        text: 'Reference',
        items: pages(
          ['Command line', 'cli'],
          ['Commands and agents', 'commands'],
          ['MCP tools', 'tools'],
          ['Artifacts', 'artifacts'],
          ['Templates', 'templates'],
          ['Policy', 'policy'],
          ['Rules', 'rules'],
          ['Ledger', 'ledger'],
          ['Probes', 'probes'],
          ['Trace', 'trace'],
          ['Performance', 'performance'],
          ['Report', 'report'],
          ['Attestations', 'attestation'],
          ['Threat model', 'threat-model'],
          ['Security review', 'security-review'],
          ['Benchmarks', 'benchmarks'],
        ),
      },
    ],
    footer: { message: `Apache-2.0. Version ${manifest.version}.` },
  },
});

/** Comments say how a page came about: they are for who edits it. */
function withoutComments(state) {
  state.src = state.src.replace(/^<!--.*?-->\n/gms, '');
}

/** What lies beside docs/ is no page of the site: such a link leads to the repository, where it has to exist. */
function linksOutOfDocs(state) {
  for (const token of state.tokens.flatMap(({ children }) => children ?? [])) {
    const href = token.type === 'link_open' ? token.attrGet('href') : null;
    if (href === null || !href.startsWith('../')) continue;
    const [path, anchor] = href.split('#');
    const file = join(import.meta.dirname, '..', path);
    if (!existsSync(file)) throw new Error(`${state.env.path}: ${href} is not there`);
    token.attrSet('href', `${REPOSITORY}/blob/main/${relative(ROOT, file)}${anchor === undefined ? '' : `#${anchor}`}`);
  }
}

/** Code that is wider than the page is scrolled, also with the keyboard. */
function reachableCode(state) {
  for (const token of state.tokens) if (token.type === 'code_block') token.attrSet('tabindex', '0');
}

/** When the last chapter of a recording begins, in seconds: what stands there is shown before anybody plays it. */
function lastChapter(file) {
  const [, ...events] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return events.findLast(([, type]) => type === 'm')?.[0] ?? 0;
}

/** A paragraph that is a link to a recording (docs/public/NAME.cast) is played in the page; elsewhere it stays a link. */
function recordedSessions(state) {
  for (const [at, { type, children }] of state.tokens.entries()) {
    const [link, text, end, ...more] = type === 'inline' ? children : [];
    const name = link?.type === 'link_open' && /^public\/([\w-]+\.cast)$/.exec(link.attrGet('href'))?.[1];
    if (!name || end?.type !== 'link_close' || more.length > 0) continue;
    const file = join(import.meta.dirname, '..', 'public', name);
    if (!existsSync(file)) throw new Error(`${name} is not in docs/public`);
    const player = new state.Token('html_block', '', 0);
    const caption = state.md.utils.escapeHtml(text.content);
    player.content = `<ClientOnly><terminal-cast src="${BASE}${name}" poster="npt:${lastChapter(file)}"></terminal-cast></ClientOnly>
<p><a href="${BASE}${name}" download>${caption}</a></p>
`;
    // The paragraph's opening and closing go with it.
    state.tokens.splice(at - 1, 3, player);
  }
}
