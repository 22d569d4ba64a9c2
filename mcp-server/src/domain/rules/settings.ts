import type { Finding, FindingSeverity } from '../finding.ts';

/** What `rules` of countersign.yaml says: a severity, or off, by rule id. */
export type RuleSettings = Readonly<Record<string, 'off' | 'warning' | 'error'>>;

interface Settable {
  id: string;
  severity: FindingSeverity;
  mandatory?: true;
}

const RANK = { info: 0, off: 0, warning: 1, error: 2 } as const;

/** Whether a setting would make a rule that a gate rests on weaker than it is. */
const weakens = (rule: Settable, setting: RuleSettings[string]) =>
  rule.mandatory === true && (setting === 'off' || RANK[setting] < RANK[rule.severity]);

/** The severity that a repository gives a rule; undefined where its own holds. */
export function severityOf(rule: Settable, settings: RuleSettings): FindingSeverity | undefined {
  const setting = Object.hasOwn(settings, rule.id) ? settings[rule.id] : undefined;
  return setting === undefined || setting === 'off' || weakens(rule, setting) ? undefined : setting;
}

/** Ids of the rules whose findings do not count here. */
export function switchedOff(rules: readonly Settable[], settings: RuleSettings): ReadonlySet<string> {
  return new Set(rules.flatMap((rule) => (settings[rule.id] === 'off' && !rule.mandatory ? [rule.id] : [])));
}

/** What is wrong with the settings themselves; such a setting has no effect. */
export function settingFindings(rules: readonly Settable[], settings: RuleSettings): Finding[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return Object.entries(settings).flatMap(([id, setting]) => {
    const rule = known.get(id);
    const finding = (message: string, fix: string): Finding[] => [
      { rule: 'rule-settings', severity: 'error', path: 'countersign.yaml', line: 1, message, fix },
    ];
    if (rule === undefined) return finding(`rules: there is no rule ${id}`, 'write the id as findings show it');
    if (!weakens(rule, setting)) return [];
    return finding(`rules: ${id} cannot be set to ${setting}, because a gate rests on it`, 'remove the setting');
  });
}
