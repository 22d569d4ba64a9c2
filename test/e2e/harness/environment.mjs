// The world a client runs in: an own HOME that needs no onboarding, and an environment that owes the caller only PATH.
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Never sent anywhere but to 127.0.0.1; the shape is what the client expects of a key.
const KEY = `sk-ant-api03-${'0'.repeat(95)}`;

/** Nothing listens there: a connection is refused at once, where an unreachable host would be waited for (17 s). */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * Creates or completes a HOME: theme chosen, key accepted, folders trusted, an identity for git.
 * @param {string} home @param {string[]} [trusted] project folders
 */
export function prepareHome(home, trusted = []) {
  mkdirSync(join(home, '.claude'), { recursive: true });
  const file = join(home, '.claude.json');
  const config = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const projects = { ...config.projects };
  for (const folder of trusted) {
    const path = realpathSync(folder);
    projects[path] = { ...projects[path], hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true };
  }
  const ready = {
    ...config,
    hasCompletedOnboarding: true,
    lastOnboardingVersion: '99.0.0',
    theme: 'dark',
    autoUpdates: false,
    customApiKeyResponses: { approved: [KEY.slice(-20)], rejected: [] },
    projects,
  };
  writeFileSync(file, JSON.stringify(ready, null, 2));
  const settings = join(home, '.claude', 'settings.json');
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify({ skipDangerousModePermissionPrompt: true }));
  const gitconfig = join(home, '.gitconfig');
  if (!existsSync(gitconfig)) {
    const identity = '[user]\n\tname = E2E\n\temail = e2e@example.invalid\n';
    writeFileSync(gitconfig, `${identity}[init]\n\tdefaultBranch = main\n[safe]\n\tdirectory = *\n`);
  }
  return home;
}

/**
 * The whole environment of a child process. IS_SANDBOX lets root use bypassPermissions.
 * @param {string} home @param {{ api?: string, extra?: Record<string, string> | undefined }} [options] `api`: base URL; none = unreachable
 * @returns {Record<string, string>}
 */
export function cleanEnvironment(home, { api = NOWHERE, extra = {} } = {}) {
  return {
    HOME: home,
    PATH: process.env['PATH'] ?? '',
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    IS_SANDBOX: '1',
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: api,
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    NO_PROXY: '127.0.0.1,localhost',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    ...extra,
  };
}
