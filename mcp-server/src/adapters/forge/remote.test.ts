import { describe, expect, it } from 'vitest';
import { readRemote } from './remote.ts';

describe('the host and path of a remote', () => {
  it.each([
    ['https://github.com/acme/net.git', 'github.com', 'acme/net'],
    ['https://github.com/acme/net', 'github.com', 'acme/net'],
    ['https://token@GitHub.com/acme/net/', 'github.com', 'acme/net'],
    ['https://git.example.org:8443/acme/net.git', 'git.example.org:8443', 'acme/net'],
    ['ssh://git@github.com:22/acme/net.git', 'github.com', 'acme/net'],
    ['git@gitlab.example.org:acme/infra/net.git', 'gitlab.example.org', 'acme/infra/net'],
    ['gitlab.example.org:acme/net', 'gitlab.example.org', 'acme/net'],
  ])('are read from %s', (url, host, path) => {
    expect(readRemote(url)).toEqual({ host, path });
  });

  it.each(['', '/srv/git/net.git', '../net', 'file:///srv/net.git', 'https://github.com/net', 'https://github.com'])(
    'are not guessed from %j',
    (url) => {
      expect(readRemote(url)).toBeUndefined();
    },
  );
});
