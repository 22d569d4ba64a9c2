/** The first words of a sentence, for a heading; `System MUST` and its like say nothing there. */
export function titleFrom(sentence: string): string {
  const said = sentence.replace(
    /^(?:the )?(?:system|users?|service|tool|automation|program|script)\s+(?:must|shall|should)(?:\s+be able to)?\s+/i,
    '',
  );
  const title = said
    .split(' ')
    .slice(0, 9)
    .join(' ')
    .slice(0, 80)
    .replace(/[.,;:]+$/, '');
  return title === '' ? 'Requirement' : `${title[0]!.toUpperCase()}${title.slice(1)}`;
}
