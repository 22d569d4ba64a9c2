/** What the evidence cell of a finding rests on: a fact of the snapshot, or a person's word. */
export interface Citation {
  kind: 'probe' | 'stated';
  /** A fact's id, such as `tool/python3`, or a person's name. */
  ref: string;
}

/** Reads `probe:<fact id>` and `stated:<person>`, several separated by commas; other text is for people. */
export function citationsOf(evidence: string): Citation[] {
  return evidence.split(/[,;]|\s(?=(?:probe|stated):)/i).flatMap((part) => {
    const match = /^\s*(probe|stated):\s*([^()]+)/i.exec(part);
    if (match === null) return [];
    return [{ kind: match[1]!.toLowerCase() as Citation['kind'], ref: match[2]!.trim() }];
  });
}

/** Whether two spellings are one person: letter case, blanks and an e-mail address behind the name do not matter. */
export const samePerson = (a: string, b: string) => bareName(a) === bareName(b);

const bareName = (name: string) => name.split('<')[0]!.trim().replace(/\s+/g, ' ').toLowerCase();
