import type { Finding, FindingSeverity } from '../finding.ts';
import type { Rule } from './rule.ts';

/** A SARIF 2.1.0 log, as far as it is written here (OASIS standard, 27 March 2020, sections 3.13 to 3.54). */
export interface SarifLog {
  $schema: string;
  version: '2.1.0';
  runs: {
    tool: { driver: { name: string; version: string; rules: SarifRule[] } };
    columnKind: 'utf16CodeUnits';
    results: SarifResult[];
  }[];
}

interface SarifRule {
  id: string;
  shortDescription: { text: string };
  defaultConfiguration: { level: SarifLevel };
}

interface SarifResult {
  ruleId: string;
  ruleIndex?: number;
  level: SarifLevel;
  message: { text: string };
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
}

type SarifLevel = 'error' | 'warning' | 'note';

const LEVEL: Readonly<Record<FindingSeverity, SarifLevel>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Findings as a SARIF log, which code hosts show beside the lines.
 *
 * @param rules the rules that ran; a finding of another rule (such as a policy's) is kept, without its description
 * @param version of this program
 * @param pathOf makes a finding's path relative to the repository's root
 */
export function sarif(
  findings: readonly Finding[],
  rules: readonly Pick<Rule, 'id' | 'severity' | 'summary'>[],
  version: string,
  pathOf: (path: string) => string = (path) => path,
): SarifLog {
  const index = new Map(rules.map((rule, at) => [rule.id, at]));
  const results = findings.map(({ rule, severity, path, line, message, fix }): SarifResult => {
    const at = index.get(rule);
    return {
      ruleId: rule,
      ...(at === undefined ? {} : { ruleIndex: at }),
      level: LEVEL[severity],
      message: { text: `${message}. To fix it: ${fix}.` },
      locations: [
        { physicalLocation: { artifactLocation: { uri: uriOf(pathOf(path)) }, region: { startLine: line } } },
      ],
    };
  });
  const described = rules.map(({ id, severity, summary }) => ({
    id,
    shortDescription: { text: summary },
    defaultConfiguration: { level: LEVEL[severity] },
  }));
  const driver = { name: 'Countersign', version, rules: described };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits' as const, results };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}

/** A relative path as a URI reference: whatever its characters mean in a URI, they mean themselves. */
const uriOf = (path: string) => path.split('/').map(encodeURIComponent).join('/');
