// How the editor reads and writes a page: only the lines that somebody changed become others.
//
// `fromFile` keeps the whole file beside the values of its front matter, and `toFile` changes lines of it.
// Comments, quotes, order, line ends, and a byte order mark stay. What it cannot read for sure, it refuses,
// so that the page is edited elsewhere. It runs before Sveltia CMS, and knows nothing of it.
"use strict";

globalThis.linesFormat = (keys) => {
  // Holds the file as it was read. No key of front matter has this name.
  const SOURCE = "file_as_read";
  // As much front matter as the check accepts, in characters: a longer one could keep the browser busy.
  const MOST = 32 * 1024;
  const OPENING = /^\uFEFF?---[ \t]*$/;
  const CLOSING = /^(?:---|\.\.\.)[ \t]*$/;
  const LINE = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g;
  const KEY = /^([A-Za-z_][\w-]*)([ \t]*:)([ \t]*)(.*)$/;
  const BELOW = /^(?:[ \t]+\S|-(?:[ \t]|$))/;
  const NOTHING = /^[ \t]*(?:#.*)?$/;
  const NESTED = /^[[{&*!|>%@`]/;
  const UNKNOWN = "is written in a way that this editor does not know";
  const DAY = /^(?:\d{4}-\d{2}-\d{2}|never)$/;
  // Words that YAML takes for something other than a text, and what would begin or end one wrongly.
  const NOT_TEXT = /^(?:true|false|yes|no|on|off|y|n|null|~|[-+.]?\d[\d_.:a-foxtz+ -]*|[-+]?\.(?:inf|nan))$/i;
  const PLAIN = /^(?![-?:,[\]{}#&*!|>'"%@`])(?!.*(?:: | #))[^\u0000-\u001F]*[^:\u0000-\u001F ]$/;
  const BREAKS = /[\r\n\u0085\u2028\u2029]+/;

  const fail = (line, reason) => {
    throw new Error(`line ${line} ${reason}; edit the page on the platform`);
  };
  const bare = (line) => line.replace(/[\r\n]+$/, "");
  const endOf = (line) => line.slice(bare(line).length);
  const linesOf = (text) => text.match(LINE) ?? [];
  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // --- Reading ---------------------------------------------------------------------------------------------

  function readPage(text) {
    if (text.includes("\uFFFD")) fail(1, "and others are not in UTF-8");
    const lines = linesOf(text);
    const last = lines.findIndex((line, index) => index > 1 && CLOSING.test(bare(line)) && endOf(line));
    if (last < 0 || !OPENING.test(bare(lines[0]))) fail(1, "does not begin front matter that ends with ---");
    const [opening, ...head] = lines.slice(0, last);
    if (head.join("").length > MOST) fail(1, "begins front matter that is too long");
    const rest = lines.slice(last + 1).join("");
    const [lead] = /^\s*/.exec(rest);
    const core = rest.slice(lead.length).trimEnd();
    const trail = rest.slice(lead.length + core.length);
    const end = endOf(opening);
    return { opening, parts: readHead(head), closing: lines[last], lead, core, trail, end };
  }

  // Returns the front matter as parts: those with a `key`, and the lines between them. What is between lines
  // of one value belongs to it.
  function readHead(lines) {
    const parts = [];
    lines.forEach((line, index) => {
      const text = bare(line);
      const [, key, , space, rest] = KEY.exec(text) ?? [];
      const above = parts.findLastIndex((part) => part.key);
      if (key && (space || !rest)) {
        if (parts.some((part) => part.key === key)) fail(index + 2, `sets ${key} a second time`);
        parts.push({ key, lines: [line], number: index + 2 });
      } else if (NOTHING.test(text)) {
        parts.push({ lines: [line] });
      } else if (BELOW.test(text) && above >= 0) {
        const between = parts.splice(above + 1).flatMap((part) => part.lines);
        parts[above].lines.push(...between, line);
      } else {
        fail(index + 2, UNKNOWN);
      }
    });
    return parts;
  }

  function valueOf(part) {
    const [, name, colon, space, rest] = KEY.exec(bare(part.lines[0]));
    const below = part.lines.slice(1);
    return { name, colon, space: space || " ", rest: rest.trimEnd(), below };
  }

  // Each reader returns what the editor shows, or undefined if there is no value.
  const READERS = {
    text: (part) => (part.lines.length > 1 ? rawText(part) : scalar(valueOf(part).rest).value),
    day: (part) => READERS.text(part),
    list: (part) => {
      const { rest, below } = valueOf(part);
      if (!below.length || !NOTHING.test(rest)) {
        return flowList([rest, ...below.map((line) => bare(line).trim())].join(" "), part.number);
      }
      return below.map((line) => itemOf(line, part)).filter((item) => item !== undefined);
    },
    raw: (part) => rawText(part),
  };

  // Reads a value on one line; `style` is the quote around it, and `comment` what follows it.
  function scalar(rest) {
    const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')([ \t]+#.*)?$/.exec(rest);
    if (quoted) {
      const [, double, single, comment = ""] = quoted;
      if (single !== undefined) return { value: single.replaceAll("''", "'"), style: "'", comment };
      try {
        return { value: JSON.parse(`"${double}"`), style: '"', comment };
      } catch {
        return { value: rest, style: "", comment: "" };
      }
    }
    if (NOTHING.test(rest)) return { value: undefined, style: "", comment: rest && ` ${rest}` };
    const sign = rest.search(/[ \t]#/);
    const value = (sign < 0 ? rest : rest.slice(0, sign)).trimEnd();
    return { value, style: "", comment: rest.slice(value.length) };
  }

  // Returns the blanks before the line that is indented least.
  function indentOf(lines) {
    const blanks = lines.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)[0]);
    return blanks.reduce((least, each) => (each.length < least.length ? each : least));
  }

  function rawText(part) {
    const { rest, below } = valueOf(part);
    if (!below.length) return rest || undefined;
    const indent = indentOf(below).length;
    const texts = below.map((line) => bare(line).slice(indent).trimEnd());
    return [...(rest ? [rest] : []), ...texts].join("\n").trim();
  }

  function itemOf(line, part) {
    if (NOTHING.test(bare(line))) return undefined;
    const [, item] = /^[ \t]*-[ \t]+(\S.*)$/.exec(bare(line)) ?? [];
    if (!item || NESTED.test(item)) fail(part.number, UNKNOWN);
    return scalar(item.trimEnd()).value;
  }

  function flowList(text, number) {
    const { value } = scalar(text);
    if (value === undefined || !NESTED.test(value)) return value === undefined ? undefined : [value];
    const [, inside] = /^\[(.*)\]$/.exec(value) ?? fail(number, UNKNOWN);
    const items = inside.match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+/g) ?? [];
    return items.map((item) => item.trim()).filter(Boolean).map((item) => {
      if (NESTED.test(item) || /^[^"'].*[\]}]/.test(item)) fail(number, UNKNOWN);
      return scalar(item).value;
    });
  }

  // --- Writing ---------------------------------------------------------------------------------------------

  const inQuotes = (value, style) =>
    style === "'" ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);

  function written(value, style, isDay) {
    const line = value.split(BREAKS).map((part) => part.trim()).join(" ");
    if (isDay && DAY.test(line)) return line;
    if (style) return inQuotes(line, style);
    return PLAIN.test(line) && !NOT_TEXT.test(line) ? line : inQuotes(line, '"');
  }

  const inFlow = (value) => (/[,[\]{}]/.test(value) ? inQuotes(value, '"') : written(value, ""));

  // Each writer returns the lines of a value; `part` is what was there, if anything was.
  const WRITERS = {
    text: (key, value, part, end) => [oneLine(key, part, end, (style) => written(value, style, false))],
    day: (key, value, part, end) => [oneLine(key, part, end, (style) => written(value, style, true))],
    raw: (key, value, part, end) => {
      const lines = value.split(/\r\n|\r|\n/);
      if (lines.length === 1) return [oneLine(key, undefined, end, () => value)];
      const indent = part && part.lines.length > 1 ? indentOf(part.lines.slice(1)) : "  ";
      return [`${key}:${end}`, ...lines.map((line) => `${line && indent}${line}${end}`)];
    },
    list: (key, value, part, end) => {
      const below = part && NOTHING.test(valueOf(part).rest) ? part.lines.slice(1) : [];
      if (!below.length) return [oneLine(key, part, end, () => `[${value.map(inFlow).join(", ")}]`)];
      const items = new Map(below.map((line) => [itemOf(line, part), line]));
      const [indent] = /^[ \t]*/.exec(below.find((line) => itemOf(line, part) !== undefined) ?? "  ");
      const lineOf = (item) => items.get(item) ?? `${indent}- ${written(item, "")}${end}`;
      return [part.lines[0], ...value.map(lineOf)];
    },
  };

  // Writes a value on the line of its key, with the comment that was there.
  function oneLine(key, part, end, write) {
    if (!part) return `${key}: ${write("")}${end}`;
    const { name, colon, space, rest, below } = valueOf(part);
    const before = below.length ? { style: "", comment: "" } : scalar(rest);
    return `${name}${colon}${space}${write(before.style)}${before.comment}${endOf(part.lines[0]) || end}`;
  }

  function shown(value, kind) {
    if (kind === "list") return Array.isArray(value) && value.length ? value.map(String) : undefined;
    const text = value === undefined || value === null ? "" : String(value).trim();
    return text || undefined;
  }

  function withValues(page, content) {
    const parts = [...page.parts];
    Object.entries(keys).forEach(([key, kind], order) => {
      const at = parts.findIndex((part) => part.key === key);
      const part = parts[at];
      const before = part && shown(READERS[kind](part), kind);
      const after = shown(content[key], kind);
      if (isSame(before, after)) return;
      if (after === undefined) parts.splice(at, 1);
      else {
        const lines = WRITERS[kind](key, after, part, page.end);
        if (part) parts[at] = { ...part, lines };
        else parts.splice(placeOf(parts, order), 0, { key, lines });
      }
    });
    return parts.flatMap(({ lines }) => lines).join("");
  }

  // Returns where a new key goes: below the last of those that come before it.
  function placeOf(parts, order) {
    const earlier = Object.keys(keys).slice(0, order);
    return parts.findLastIndex(({ key }) => earlier.includes(key)) + 1;
  }

  // Returns the text of a page with the lines of `before` wherever they did not change.
  function withLines(before, after, end) {
    const old = linesOf(before);
    const now = after.split("\n");
    let top = 0;
    while (top < old.length && top < now.length && bare(old[top]) === now[top]) top += 1;
    let bottom = 0;
    const most = Math.min(old.length, now.length) - top;
    while (bottom < most && bare(old.at(-1 - bottom)) === now.at(-1 - bottom)) bottom += 1;
    const kept = bottom ? old.slice(-bottom) : [];
    const first = old.slice(0, top).map((line) => `${bare(line)}${endOf(line) || end}`);
    const middle = now.slice(top, now.length - bottom).map((line) => `${line}${end}`);
    const text = [...first, ...middle, ...kept].join("");
    return bottom ? text : text.replace(/(?:\r\n|\r|\n)$/, "");
  }

  // --- What Sveltia CMS calls ------------------------------------------------------------------------------

  function fromFile(text) {
    const page = readPage(text);
    const content = {};
    page.parts.forEach((part) => {
      const kind = keys[part.key];
      const value = kind && READERS[kind](part);
      if (value !== undefined) content[part.key] = value;
    });
    // The quotes keep the blanks at both ends, which the editor trims.
    return { ...content, body: page.core.replace(/\r\n?/g, "\n"), [SOURCE]: JSON.stringify(text) };
  }

  function toFile(content) {
    const body = String(content.body ?? "").replace(/\r\n?/g, "\n").trim();
    if (typeof content[SOURCE] !== "string") {
      const empty = { parts: [], end: "\n" };
      return `---\n${withValues(empty, content)}---\n\n${body}${body && "\n"}`;
    }
    const page = readPage(JSON.parse(content[SOURCE]));
    const isAsRead = body === page.core.replace(/\r\n?/g, "\n");
    const core = isAsRead ? page.core : withLines(page.core, body, page.end);
    return `${page.opening}${withValues(page, content)}${page.closing}${page.lead}${core}${page.trail}`;
  }

  return { fromFile, toFile };
};
