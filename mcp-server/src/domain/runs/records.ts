/** One record of a transcript: a value with the lines it stands on. */
export interface TranscriptRecord {
  value: unknown;
  line: number;
  endLine: number;
  /** Number of the object whose list it stands in; the rest of that object follows under its own `id`. */
  container?: number;
  id?: number;
}

export interface RecordSink {
  record(record: TranscriptRecord): void;
  /** What an object says before its list of records begins: it comes again, whole, when the list has ended. */
  opens?(record: TranscriptRecord): void;
  /** A record that is no JSON, or larger than anyone may hold in memory. */
  bad(line: number, reason: 'unparsed' | 'too-large'): void;
}

/** Takes a text in pieces of any size and hands on its records; holds no more than one record at a time. */
export interface RecordReader {
  push(piece: string): void;
  end(): void;
}

/** Longer records are left out, and said; characters. */
export const longestRecord = 8 * 1024 * 1024;

/** One record a line (JSON Lines). A line that is no JSON costs itself. */
export function lineRecords(sink: RecordSink, longest = longestRecord): RecordReader {
  let parts: string[] = [];
  let length = 0;
  let line = 1;
  const add = (part: string) => {
    length += part.length;
    if (length <= longest) parts.push(part);
    else parts = [];
  };
  const finish = () => {
    if (length > longest) sink.bad(line, 'too-large');
    else {
      const text = parts.join('').trim();
      if (text !== '' && text !== '\ufeff') emit(sink, text, { line, endLine: line });
    }
    parts = [];
    length = 0;
  };
  return {
    push(piece) {
      let from = 0;
      for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
        add(piece.slice(from, at));
        finish();
        line++;
        from = at + 1;
      }
      add(piece.slice(from));
    },
    end: finish,
  };
}

function emit(sink: RecordSink, text: string, at: Omit<TranscriptRecord, 'value'>): void {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    sink.bad(at.line, 'unparsed');
    return;
  }
  sink.record({ value, ...at });
}

/** Lists whose members are records of their own, wherever they stand in the outermost objects. */
const lists: ReadonlySet<string> = new Set([
  'messages',
  'sessions',
  'runs',
  'steps',
  'calls',
  'events',
  'records',
  'items',
  'results',
  'data',
]);
const deepestList = 4;

interface OpenObject {
  id: number;
  container: number | undefined;
  line: number;
  parts: string[];
  length: number;
  /** Depth of brackets within it, itself not counted. */
  depth: number;
  key: string;
}

/**
 * Records of one JSON document of any size: members of its lists, then what is left of the objects around them. Several
 * documents in one text are read one after the other.
 */
export function documentRecords(sink: RecordSink, longest = longestRecord): RecordReader {
  /** Objects that are open as records, with the lists they stand in between. */
  const open: (OpenObject | 'list')[] = [];
  let line = 1;
  let ids = 0;
  let inString = false;
  let escaped = false;
  let text = '';
  let keeps = false;
  let afterColon = false;

  const current = () => {
    const last = open.at(-1);
    return last === undefined || last === 'list' ? undefined : last;
  };
  const keep = (part: string) => {
    const object = current();
    if (object === undefined || part === '') return;
    object.length += part.length;
    if (object.length <= longest) object.parts.push(part);
    else object.parts = [];
  };
  const container = () => open.findLast((one): one is OpenObject => one !== 'list')?.id;
  const begin = () => {
    const holder = container();
    open.push({ id: ++ids, container: holder, line, parts: [], length: 0, depth: 0, key: '' });
  };
  const close = () => {
    const object = open.pop() as OpenObject;
    if (object.length > longest) sink.bad(object.line, 'too-large');
    else
      emit(sink, object.parts.join(''), {
        line: object.line,
        endLine: line,
        id: object.id,
        ...(object.container === undefined ? {} : { container: object.container }),
      });
  };

  const announce = (object: OpenObject) => {
    if (sink.opens === undefined || object.length > longest) return;
    const quiet: RecordSink = { record: sink.opens, bad: () => undefined };
    emit(quiet, `${object.parts.join('')}]}`, { line: object.line, endLine: line, id: object.id });
  };

  const take = (piece: string) => {
    let from = 0;
    const flush = (to: number) => {
      keep(piece.slice(from, to));
      from = to;
    };
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (code === 10) line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (code === 92) escaped = true;
        else if (code === 34) {
          inString = false;
          const object = current();
          if (keeps && object !== undefined) object.key = text;
        }
        if (keeps && inString && text.length < 20) text += piece[at];
        continue;
      }
      const object = current();
      if (code === 34) {
        inString = true;
        // Only a key of the record itself can open a list of records.
        keeps = object !== undefined && object.depth === 0 && !afterColon;
        text = '';
        afterColon = false;
      } else if (code === 58) afterColon = true;
      else if (code === 123) {
        afterColon = false;
        if (object === undefined) {
          from = at;
          begin();
        } else object.depth++;
      } else if (code === 91) {
        afterColon = false;
        if (object === undefined) {
          if (open.length < deepestList) open.push('list');
        } else if (object.depth === 0 && lists.has(object.key) && open.length < deepestList) {
          flush(at + 1);
          announce(object);
          open.push('list');
        } else object.depth++;
      } else if (code === 125 || code === 93) {
        afterColon = false;
        if (object === undefined) {
          // The list of records ends; what comes belongs to the object around it again.
          if (code === 93 && open.at(-1) === 'list') {
            open.pop();
            from = at;
          }
        } else if (object.depth > 0) object.depth--;
        else if (code === 125) {
          flush(at + 1);
          close();
        }
      } else if (code === 44) afterColon = false;
    }
    flush(piece.length);
  };
  return {
    push: take,
    end() {
      const cut = current();
      if (cut !== undefined || open.length > 0 || inString) sink.bad(line, 'unparsed');
      // What stands around a cut list is still worth having: the session that its messages belong to.
      for (let at = open.pop(); at !== undefined; at = open.pop())
        if (at !== 'list' && at !== cut && at.length <= longest) {
          const body = at.parts.join('');
          emit({ ...sink, bad: () => undefined }, `${body}${body.endsWith('[') ? ']' : ''}}`, {
            line: at.line,
            endLine: line,
            id: at.id,
            ...(at.container === undefined ? {} : { container: at.container }),
          });
        }
    },
  };
}
