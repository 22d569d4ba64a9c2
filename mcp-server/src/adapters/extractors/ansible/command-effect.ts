import type { Call } from '../shell/classify.ts';
import type { ShellReading } from '../shell/reading.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { TaskEffect } from './effects.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Programs of a host that print what is there, whatever their arguments (coreutils, util-linux, procps, LVM2, shell built-ins). */
const readers = words(
  ': [ [[ awk basename blkid cat cd cmp column comm command cut date declare df diff dig dirname dmesg dpkg-query du echo egrep env export expr false fgrep file findmnt fold free gawk getconf getenforce getent getfacl grep head host id jobs join journalctl jq last let local locale ls lsattr lsblk lscpu lsmod lsof lspci lsusb lvs md5sum modinfo mpstat netstat nproc nslookup od paste pgrep pidof ping ping6 printenv printf ps pvs pwd readlink readonly realpath return rev seq sestatus set sha1sum sha256sum sha512sum shift sleep sort ss ssh-keyscan stat strings tac tail test top tr true tty type ulimit umask uname uniq unset uptime vgs vmstat w wait wc which who whoami yq zcat zgrep exit break continue',
);
/** Programs of a host that change it, whatever their arguments. */
const writers = words(
  'adduser addgroup authconfig authselect blkdiscard chage chattr chcon chgrp chmod chown chpasswd cp createrepo createrepo_c cryptsetup dd delgroup deluser fallocate groupadd groupdel groupmod growpart gunzip gzip halt insmod install kill killall ldconfig ln losetup lvconvert lvcreate lvextend lvremove lvresize make mkdir mkfifo mkfs mknod mkswap mktemp mv newgrp parted partprobe patch pkill poweroff pvcreate pvremove pvresize reboot renice resize2fs restorecon rm rmdir rmmod semanage setcap setenforce setfacl setsebool shutdown split ssh-copy-id swapoff swapon tee touch truncate tune2fs umount unlink unzip useradd userdel usermod vgchange vgcreate vgextend vgreduce vgremove visudo wipefs xfs_growfs zip',
);
/** Of programs that do both, the arguments that only look; without them they change something. */
const looking: { readonly [program: string]: RegExp } = {
  auditctl: /^-(?:l|s)$/,
  authselect: /^(?:current|check|list|show)/,
  chage: /^(?:-l|--list)$/,
  crontab: /^-l$/,
  dpkg: /^(?:-l|-s|-S|-L|-W|--list|--status|--get-selections|--print-architecture|--compare-versions|-C|--audit)$/,
  'firewall-cmd': /^--(?:state|list|get|info|query|check)/,
  gpg: /^--(?:list|show|verify|fingerprint|with-colons)/,
  hostnamectl: /^status$/,
  ip6tables: /^(?:-L|-S|--list|-C|--check)/,
  iptables: /^(?:-L|-S|--list|-C|--check)/,
  loginctl: /^(?:list|show|user-status)/,
  losetup: /^(?:-a|-j|-l|-f|--list|--all|--find)$/,
  openssl: /^(?:ciphers|dgst|passwd|rand|s_client|verify|version|-modulus|-noout|-text)$/,
  passwd: /^(?:-S|--status)$/,
  rpm: /^(?:-q|--query|-V|--verify|-E|--eval|-K|--checksig)/,
  'ssh-keygen': /^-(?:l|F|y|E)/,
  tar: /^(?:-[a-zA-Z]*t[a-zA-Z]*|--list)$/,
  timedatectl: /^(?:status|show)$/,
  ufw: /^status$/,
  useradd: /^(?:-D|--defaults)$/,
};
/** Of programs that do both, the arguments that change something; without them they only look. */
const changing: { readonly [program: string]: RegExp } = {
  hostname: /^[^-]/,
  ip: /^(?:add|append|change|del|delete|exec|flush|replace|set)$/,
  sed: /^-[a-zA-Z]*i|^--in-place/,
  sysctl: /^(?:-w|-p|--write|--load|--system)|=/,
};
/** Programs that hand on another command, a query or a login: what they write is not theirs to say. */
const carriers = words(
  'docker podman nerdctl crictl kubectl oc psql mysql mariadb mongo mongosh redis-cli sqlcmd sqlplus sqlite3 ssh ansible chroot nsenter runuser su sudo',
);

/** `list`, `trust-find`, `--version`: a word that asks, as the name of what an unknown program is to do. */
const asking =
  /^(?:(?:[a-z]+-)*(?:list|ls|show|find|get|status|info|describe|search|query|version|help|check|verify|validate|test|print|dump|lookup|whoami|ping)|-{1,2}(?:version|help|list(?:-[a-z-]+)?|show(?:-[a-z-]+)?|status|info|query|check))$/;

/**
 * What the text of a command, shell or raw task does to the world: it writes where one of its commands is known to; else
 * the author's `changed_when: false` counts; else it reads where every command is known to only look. What is not known
 * is taken for a write, and marked as assumed.
 *
 * @param changed what the task says by `changed_when`, where that is a plain truth
 */
export function effectOfText({ script, calls }: ShellReading, changed: boolean | undefined): TaskEffect {
  const effects = calls.map(({ call }) => effectOfCall(call));
  if (effects.includes('write') || script.commands.some(setsSystem)) return { effect: 'write' };
  if (changed === false) return { effect: 'read' };
  const isRead = script.errors.length === 0 && calls.length > 0 && effects.every((effect) => effect === 'read');
  if (effects.includes('carries') || script.commands.some(writesFile)) return { effect: 'write' };
  if (isRead) return { effect: 'read' };
  return changed === true ? { effect: 'write' } : { effect: 'write', assumed: true };
}

type CallEffect = 'read' | 'write' | 'carries' | undefined;

function effectOfCall({ program, args, effect, script }: Call): CallEffect {
  const texts = args.map(({ text }) => text);
  const has = (test: RegExp | undefined) => test !== undefined && texts.some((text) => test.test(text));
  if (Object.hasOwn(looking, program)) return has(looking[program]) ? 'read' : 'write';
  if (Object.hasOwn(changing, program)) return has(changing[program]) ? 'write' : 'read';
  if (effect === 'write') return carriers.has(program) && carriesOther(program, texts) ? 'carries' : 'write';
  if (effect !== undefined) return bringsFiles(program, texts) ? undefined : effect;
  if (script !== undefined) return undefined;
  if (readers.has(program)) return 'read';
  if (program === 'find') return texts.includes('-delete') ? 'write' : texts.includes('-exec') ? undefined : 'read';
  if (program === 'mount') return texts.length === 0 ? 'read' : 'write';
  if (writers.has(program) || program.startsWith('mkfs.')) return 'write';
  const asked = texts.slice(0, 3).find((text) => asking.test(text));
  return asked === undefined ? undefined : 'read';
}

/** `docker exec`, but not `docker rm`; of what takes queries or other hosts, every call. */
function carriesOther(program: string, texts: readonly string[]): boolean {
  if (!/^(?:docker|podman|nerdctl|crictl|kubectl|oc)$/.test(program)) return true;
  return texts.slice(0, 6).some((text) => text === 'exec' || text === 'run');
}

/** What reads elsewhere and leaves a file or a folder here. */
function bringsFiles(program: string, texts: readonly string[]): boolean {
  if (program === 'git') return texts.some((text) => /^(?:clone|pull|checkout|switch)$/.test(text));
  if (program === 'curl') return texts.some((text) => /^(?:-[a-zA-Z]*[oO]|--output|--remote-name)$/.test(text));
  return program === 'wget' && !texts.some((text) => /^(?:--spider|-[a-zA-Z]*O-?|--output-document=-)$/.test(text));
}

/** Text that goes to the settings of the machine or of its kernel, whatever the author says of it. */
function setsSystem({ redirects }: ShellCommand): boolean {
  return redirects.some(
    ({ operator, target }) => operator.includes('>') && /^\/(?:etc|sys|proc|boot|usr)\//.test(target),
  );
}

function writesFile({ redirects }: ShellCommand): boolean {
  return redirects.some(
    ({ operator, target }) => operator.includes('>') && !/^(?:\/dev\/(?:null|stderr|stdout)|&?\d|-)$/.test(target),
  );
}
