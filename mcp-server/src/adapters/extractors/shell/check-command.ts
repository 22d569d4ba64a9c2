import { optionEffect } from './option-effect.ts';
import type { ShellCommand, ShellWord } from './script.ts';

const checks: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:kubectl|oc)$/, /^(?:rollout status|wait)\b/],
  [/^helm$/, /^test\b/],
  [/^systemctl$/, /^(?:is-active|is-enabled)\b/],
  [/^(?:terraform|tofu)$/, /^(?:validate|test)\b/],
  [/^argocd$/, /^app wait\b/],
  [
    /^(?:pg_isready|pytest|goss|inspec|testinfra|bats|promtool|amtool|shellcheck|kubeval|kubeconform|conftest|tflint|ansible-lint|yamllint|hadolint|trivy)$/,
    /^/,
  ],
  [/^(?:npm|yarn|pnpm)$/, /^(?:run )?test\b/],
  [/^(?:go|cargo|mvn|gradle|make|tox|molecule)$/, /^(?:test|verify|check)\b/],
  [/^aws$/, /^\S+ wait\b/],
];

/** Whether the failure of a command says that something is not as it should be. */
export function isCheck(
  command: ShellCommand,
  program: string,
  args: readonly ShellWord[],
  plain: readonly string[],
): boolean {
  const has = (test: RegExp) => args.some((arg) => test.test(arg.text));
  if (command.isCondition) return false;
  if (program === 'curl')
    return (
      has(/^(?:--fail\S*|-[A-Za-z]*f[A-Za-z]*)$/) &&
      !has(/^(?:-[A-Za-z]*[oO]|--output|--remote-name)$/) &&
      !command.redirects.some(({ operator, target }) => operator.includes('>') && !/^(?:\/dev\/|\d|-)/.test(target)) &&
      optionEffect(program, args) === 'read' &&
      command.words.length > 1
    );
  if (program === 'wget') return has(/^--spider$/);
  if (program === 'nc' || program === 'ncat') return has(/^-\w*z/);
  if (program === 'ansible-playbook') return has(/^(?:--check|-C|--syntax-check)$/);
  if (program === 'sha256sum' || program === 'sha512sum' || program === 'md5sum') return has(/^(?:-c|--check)$/);
  if (program === 'jq') return has(/^(?:-\w*e\w*|--exit-status)$/);
  if (program === 'grep') return has(/^-\w*q/) && command.onFailure === 'handled';
  if (program === 'test' || program === '[' || program === '[[') return command.onFailure === 'handled';
  const sentence = plain.slice(0, 4).join(' ');
  return checks.some(
    ([name, verb]) => name.test(program) && (verb.test(sentence) || verb.test(plain.slice(1, 5).join(' '))),
  );
}
