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
    ['{{ registry }}/app:{{ tag }}', '{{ registry }}', 'app', '{{ tag }}', undefined],
  ])('%s', (text, registry, repository, tag, pinned) => {
    const image = parseImage(text);
    expect([image.registry, image.repository, image.tag, image.pinned]).toEqual([registry, repository, tag, pinned]);
  });

  it('is pinned by a digest whatever the tag says', () => {
    const digest = `sha256:${'0a'.repeat(32)}`;
    expect(parseImage(`nginx:latest@${digest}`)).toMatchObject({ tag: 'latest', digest, pinned: true });
  });
});
