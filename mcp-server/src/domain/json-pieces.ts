const elementsAtOnce = 500;

/**
 * The text of JSON.stringify in pieces: lists right below the top come a few elements at a time, so that a report of a large
 * tree is never in memory as one text.
 */
export function* jsonPieces(value: object): Generator<string> {
  let before = '{';
  for (const [key, one] of Object.entries(value)) {
    const isLong = Array.isArray(one) && one.length > elementsAtOnce;
    const text = isLong ? '[' : JSON.stringify(one);
    if (text === undefined) continue;
    yield `${before}${JSON.stringify(key)}:${text}`;
    before = ',';
    if (!isLong) continue;
    for (let at = 0; at < one.length; at += elementsAtOnce) {
      const some = JSON.stringify(one.slice(at, at + elementsAtOnce)).slice(1, -1);
      yield at === 0 ? some : `,${some}`;
    }
    yield ']';
  }
  yield before === '{' ? '{}' : '}';
}
