import type { Tool } from '../tool.ts';

const ENGINE: Omit<Tool, 'tool'> = {
  leading: true,
  valued:
    '-H -c -l --host --context --config --log-level --url --connection --identity -f -p --file --project-name --profile --env-file --project-directory',
  mutates: [
    'push',
    'image|manifest|plugin push',
    'trust sign|revoke',
    'buildx build --push',
    'build --push',
    'compose push',
    'compose build --push',
    'swarm init|join|leave|update|ca|unlock',
    'stack deploy|up|rm|remove|down',
    'service create|update|rm|remove|scale|rollback',
    'node update|rm|remove|promote|demote',
    'secret|config create|rm|remove',
  ],
  elsewhere: {
    kinds: ['host', 'context'],
    local: 'default|desktop-linux|colima*|orbstack|rancher-desktop|unix:*|npipe:*',
    reads: [
      'ps|images|logs|inspect|info|version|stats|top|port|diff|history|search|events|context|login|logout|ls|list',
      'compose config|ps|logs|ls|images|top|version',
      'image|container|volume|network|node|service|stack|system ls|list|inspect|logs|ps|services|info|df|stats|top',
    ],
  },
  dry: ['--dry-run'],
  targets: { host: '-H --host --url DOCKER_HOST CONTAINER_HOST', context: '-c --context --connection DOCKER_CONTEXT' },
  operandTargets: { name: -1 },
};

/** Container engines and registries: work on this machine is no effect, a registry, a swarm or another host is. */
export const CONTAINERS: readonly Tool[] = [
  { tool: 'docker', ...ENGINE },
  { tool: 'podman', ...ENGINE },
  { tool: 'nerdctl', ...ENGINE },
  {
    tool: 'docker-compose',
    binaries: ['docker-compose', 'podman-compose'],
    valued: ENGINE.valued!,
    mutates: ['push'],
    targets: ENGINE.targets!,
  },
  { tool: 'crane', mutates: ['push|copy|cp|delete|tag|append|mutate|rebase'] },
  { tool: 'skopeo', mutates: ['copy * docker:*', 'delete|sync'], dry: ['--dry-run'] },
  { tool: 'oras', mutates: ['push|copy|cp|tag|attach', 'manifest|blob push|delete'] },
];
