import ignore, { type Ignore } from 'ignore';

/** The .gitignore files of a folder and those above it, up to the root. */
export interface IgnoreRules {
  /** With the .gitignore of a folder below; folder is relative to the root, '' for the root. */
  within(folder: string, text: string): IgnoreRules;
  /** Whether git would ignore a path (relative to the root); the innermost file that speaks of it decides. */
  ignores(path: string, isFolder: boolean): boolean;
}

interface Layer {
  folder: string;
  rules: Ignore;
}

export const noRules: IgnoreRules = rulesOf([]);

function rulesOf(layers: readonly Layer[]): IgnoreRules {
  return {
    within(folder, text) {
      const rules = parse(text);
      return rules === undefined ? rulesOf(layers) : rulesOf([...layers, { folder, rules }]);
    },
    ignores(path, isFolder) {
      for (let at = layers.length - 1; at >= 0; at--) {
        const { folder, rules } = layers[at] as Layer;
        const below = folder === '' ? path : path.slice(folder.length + 1);
        const verdict = rules.test(isFolder ? `${below}/` : below);
        if (verdict.ignored) return true;
        if (verdict.unignored) return false;
      }
      return false;
    },
  };
}

/** Undefined when the file cannot be understood: ignoring too little is the safer mistake. */
function parse(text: string): Ignore | undefined {
  try {
    const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(text.replace(/^\ufeff/, ''));
    rules.test('probe');
    return rules;
  } catch {
    return undefined;
  }
}
