// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own expansions are what is tested
import { describe, expect, it } from 'vitest';
import { readCommands } from './reading.ts';

/** `effect object` of the last command of a text. */
function said(text: string): string {
  const call = readCommands(text).calls.at(-1)?.call;
  return `${call?.effect ?? 'unknown'} ${call?.object ?? '-'}`;
}

const effect = (text: string) => readCommands(text).calls.at(-1)?.call.effect;
const isCheck = (text: string) => readCommands(text).calls.at(-1)?.call.isCheck;

describe('a command that is carried out elsewhere', () => {
  it.each([
    'docker exec -it db psql -U app -c "SELECT count(*) FROM jobs;"',
    'docker compose -f stack.yml exec -T web cat /etc/hosts',
    'docker-compose exec db pg_isready -U app',
    'podman exec -u root c ls -l /srv',
    'kubectl -n prod exec deploy/web -c app -- env',
    'kubectl exec --namespace default client -- sh -c "curl -s http://web | grep ok"',
    'oc rsh pod/web df -h',
    'ssh -p 2222 -i key.pem admin@host.example.org uptime',
    'ssh "$HOST" "systemctl is-active web && df -h > /dev/null"',
    'for n in a b; do ssh $n "docker exec db redis-cli -h x ping"; done',
    'vagrant ssh web -c "cat /etc/hosts"',
    'docker exec db find / -name core',
    'docker exec mq rabbitmq-streams stream_status -s q',
  ])('only looks where what it carries out only looks: %s', (text) => {
    expect(effect(text)).toBe('read');
  });

  it.each([
    'docker exec db psql -c "SELECT 1; DROP TABLE jobs"',
    'docker exec db psql -f change.sql',
    'docker compose exec web ./migrate',
    'docker exec -d web',
    'kubectl exec web -- sh -c "cat x > /etc/x"',
    'kubectl exec web -- "$COMMAND"',
    'kubectl exec -i web -- sh < change.sh',
    'ssh host systemctl restart web',
    'ssh host "df -h; rm -rf /srv"',
    'ssh host',
    'docker exec db find / -delete',
    'docker exec mq rabbitmqctl add_user a b',
    'docker exec c date -s 12:00',
    'docker exec c hostname other',
  ])('counts as a change where it changes something or cannot be known: %s', (text) => {
    expect(effect(text)).toBe('write');
  });

  it('is what the shell of its own is given', () => {
    expect(said('bash -c "kubectl delete pod web"')).toBe('write kubernetes pod/web');
    expect(said('su - app -c "systemctl --user status web"')).toBe('read service web');
    expect(said('sh -c "echo hello"')).toBe('unknown -');
  });

  it('is a check where it is one', () => {
    expect(isCheck('docker compose exec db pg_isready')).toBe(true);
    expect(isCheck('kubectl exec web -- curl -fsS http://web/health')).toBe(true);
    expect(isCheck('docker exec db cat /etc/hosts')).toBe(false);
  });

  it('is no check where it fetches something for another program or into a file', () => {
    const fetches = (text: string) => readCommands(text).calls[0]?.call.isCheck;
    expect(fetches('curl -fsSL https://get.example.org | sh')).toBe(false);
    expect(fetches('curl -fsSL https://get.example.org > tool.tgz')).toBe(false);
    expect(fetches('curl -fsS http://web/health > /dev/null')).toBe(true);
    expect(fetches('curl -fsS http://web/health | grep ok')).toBe(true);
  });
});

describe('a command', () => {
  it.each([
    ['kubectl -n "$NS" delete pod web --wait', 'write kubernetes pod/web'],
    ['kubectl rollout status deployment/web -n shop', 'read kubernetes deployment/web'],
    ['kubectl apply -n shop -f web.yaml', 'write kubernetes web.yaml'],
    ['kubectl logs -f web', 'read kubernetes web'],
    ['kubectl config view', 'read -'],
    ['docker ps -aqf name=web', 'read -'],
    ['docker run --rm -v "$PWD:/w" --network host tools:1 check', 'write docker tools:1'],
    ['docker build -t shop/web:1 -f deploy/Dockerfile .', 'write docker shop/web:1'],
    ['docker volume rm data', 'write docker data'],
    ['docker buildx imagetools inspect a/b:1', 'read docker a/b:1'],
    ['docker compose -p shop up -d web', 'write docker web'],
    ['helm -n shop upgrade --install web charts/web --values v.yaml', 'write helm web'],
    ['aws --region eu-west-1 s3 cp a s3://b', 'write aws s3'],
    ['vault kv get secret/app', 'read vault secret/app'],
    ['git -C work push origin main', 'write git origin'],
    ['scp -P 22 build.tgz host:/srv', 'write ssh host:/srv'],
    ['rsync -avn a/ b/', 'read rsync b/'],
    ['ansible-playbook -i hosts -e a=b --limit web site.yml', 'write ansible site.yml'],
    ['gh api repos/a/b', 'read github repos/a/b'],
    ['gh api -X POST repos/a/b/issues', 'write github repos/a/b/issues'],
    ['iptables -L -n', 'read -'],
    ['uv run ansible-playbook site.yml', 'write ansible site.yml'],
    ['aws-vault exec prod -- terraform apply', 'write terraform .'],
    ['mysql -u root -e "show status"', 'read -'],
    ['kubectl rollout restart -n shop deployment web', 'write kubernetes deployment/web'],
    ['dig AAAA web.example.org +short @10.0.0.1', 'read dns web.example.org'],
    ['redis-cli -h redis -a "$PASS" SET key 1', 'write redis key'],
    ['$dc up -d web', 'write docker web'],
    ['git merge-base a b', 'read git a'],
    ['git merge a', 'write git a'],
    ['helm repo add shop https://charts.example.org', 'read helm shop'],
    ['openstack floating ip set 10.0.0.1 --port p', 'write openstack floating ip'],
    ['az network vnet show -n v', 'read azure network vnet'],
    ['kubectl config set-context x', 'unknown -'],
    ['rsync -a "$A/" "$B"/x', 'write rsync $B/x'],
    ['sysctl -w net.ipv4.ip_forward=1', 'write sysctl net.ipv4.ip_forward=1'],
    ['sysctl net.ipv4.ip_forward', 'read sysctl net.ipv4.ip_forward'],
    ['sysctl -p', 'write -'],
    ['useradd app', 'write useradd app'],
    ['pip install -r requirements.txt', 'write pip requirements.txt'],
  ])('%s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it('goes by the program that a variable of the script stands for', () => {
    expect(said('dc="docker compose --ansi never"\n$dc up -d web')).toBe('write docker web');
    expect(said('if a; then dc="docker compose"; else dc="docker-compose"; fi\n${dc} ps')).toBe('read -');
    expect(said('x="docker compose"\nx=terraform\n$x apply')).toBe('unknown -');
    expect(said('x="$1"\n$x apply')).toBe('unknown -');
    expect(said('OS="${OS:-openstack}"\n$OS zone create a')).toBe('write openstack zone');
    expect(said('K=openstack\nK="$K --debug"\n$K zone create a')).toBe('write openstack zone');
    expect(said('R="redis-cli -h ${HOST} -a $PASS"\n${R} SET key 1')).toBe('write redis key');
    expect(said('$CONTAINER_ENGINE network prune -f')).toBe('write -');
    expect(said('T="terraform; rm"\n$T apply')).toBe('unknown -');
  });

  it('takes time that grows with its length, however deep commands lie in commands', () => {
    let text = 'id';
    for (let level = 0; level < 12; level++) text = `sh -c ${JSON.stringify(text)}`;
    expect(effect(text.slice(0, 3000))).toBeUndefined();
  });
});
