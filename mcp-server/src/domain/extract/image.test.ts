// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables in references are what is tested
import { describe, expect, it } from 'vitest';
import { parseImage } from './image.ts';

describe('image references', () => {
  it.each([
    ['nginx', 'docker.io', 'nginx', undefined, false],
    ['nginx:latest', 'docker.io', 'nginx', 'latest', false],
    ['nginx:alpine', 'docker.io', 'nginx', 'alpine', false],
    ['nginx:1.27.3-alpine', 'docker.io', 'nginx', '1.27.3-alpine', true],
    ['acme/app:v2', 'docker.io', 'acme/app', 'v2', true],
    ['ghcr.io/acme/app', 'ghcr.io', 'acme/app', undefined, false],
    ['localhost/app:1', 'localhost', 'app', '1', true],
    ['registry.example.org:5000/ops/app', 'registry.example.org:5000', 'ops/app', undefined, false],
    ['registry.example.org:5000/ops/app:7', 'registry.example.org:5000', 'ops/app', '7', true],
    ['app:$TAG', 'docker.io', 'app', '$TAG', undefined],
    ['app:${TAG:-latest}', 'docker.io', 'app', '${TAG:-latest}', undefined],
    [
      '${REGISTRY:-registry.example.org/team}/app',
      '${REGISTRY:-registry.example.org/team}',
      'app',
      undefined,
      undefined,
    ],
    ['${IMAGE:-ghcr.io/a/b:1}', 'docker.io', '${IMAGE:-ghcr.io/a/b:1}', undefined, undefined],
    ['{{ registry }}/app:{{ tag }}', '{{ registry }}', 'app', '{{ tag }}', undefined],
  ])('%s', (text, registry, repository, tag, pinned) => {
    const image = parseImage(text);
    expect([image.registry, image.repository, image.tag, image.pinned]).toEqual([registry, repository, tag, pinned]);
  });

  it('is pinned by a digest whatever the tag says', () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    expect(parseImage(`nginx:latest@${digest}`)).toMatchObject({ tag: 'latest', digest, pinned: true });
  });

  it.each([
    ['  nginx:1 \n', { registry: 'docker.io', repository: 'nginx', tag: '1', pinned: true, dynamic: false }],
    ['app@$DIGEST', { registry: 'docker.io', repository: 'app', digest: '$DIGEST', dynamic: true }],
    ['/app', { registry: 'docker.io', repository: '/app', pinned: false, dynamic: false }],
    ['<%= app %>:2', { registry: 'docker.io', repository: '<%= app %>', tag: '2', dynamic: true }],
    ['my-host:80/a:b', { registry: 'my-host:80', repository: 'a', tag: 'b', pinned: false, dynamic: false }],
    [':1', { registry: 'docker.io', repository: '', tag: '1', pinned: true, dynamic: false }],
    ['@sha256:1', { registry: 'docker.io', repository: '', digest: 'sha256:1', pinned: true, dynamic: false }],
    ['', { registry: 'docker.io', repository: '', pinned: false, dynamic: false }],
  ])('%j has all these parts and no others', (text, parts) => {
    expect(parseImage(text)).toEqual(parts);
  });
});
