import type { Invocation } from '../shell/walk.ts';

const READERS = new Set(
  (
    'ls cat head tail grep egrep fgrep zgrep env printenv ps df du id whoami hostname date uname wc stat find which echo printf pwd ' +
    'nslookup dig host getent ping traceroute netstat ss ip ifconfig top free uptime lsof test true false [ sort uniq cut tr awk ' +
    'sed jq yq curl wget nc openssl sleep md5sum sha256sum file readlink realpath basename dirname mount nproc ulimit type ' +
    'command cd export set exit'
  ).split(' '),
);
/** What only runs another command, which is judged by itself. */
const CARRIES = new Set([
  'sh',
  'bash',
  'ash',
  'dash',
  'zsh',
  'timeout',
  'time',
  'nice',
  'xargs',
  'sudo',
  'su',
  'eval',
  'exec',
]);
const CHANGES = /^(?:-delete|-exec|-X|--request|-d|--data.*|-T|--upload-file|-F|--form|--post-data.*|-i|--in-place.*)$/;

/** Whether a command in a container or pod does no more than look. */
export function onlyReads({ name, argv }: Invocation): boolean {
  if (name === undefined) return false;
  if (CARRIES.has(name)) return true;
  if (!READERS.has(name)) return argv.length === 2 && /^(?:--?version|-[vV]|version)$/.test(argv[1]?.text ?? '');
  const careful = name === 'find' || name === 'curl' || name === 'wget' || name === 'sed' || name === 'yq';
  return !careful || !argv.some((word) => CHANGES.test(word.text ?? word.prefix));
}
