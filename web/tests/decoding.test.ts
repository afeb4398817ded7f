import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_BYTES, MOST_CHARACTERS } from "../src/dialogs/bounds";
import { type Decoded, decode, refuseUnread, shownName } from "../src/dialogs/decoding";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const marked = (mark: readonly number[], bytes: Uint8Array): Uint8Array =>
  Uint8Array.from([...mark, ...bytes]);
const utf16 = (text: string, isLittle: boolean): Uint8Array =>
  Uint8Array.from([...latin(text)].flatMap((byte) => (isLittle ? [byte, 0] : [0, byte])));

/** What is read, and what is said of it. */
const told = (decoded: Decoded): readonly string[] =>
  "refused" in decoded ? ["", decoded.refused] : [decoded.text, decoded.remark ?? ""];

const READ: Record<string, readonly [Uint8Array, text: string, said: RegExp]> = {
  ASCII: [bytesOf("a = 1\n"), "a = 1\n", /^$/],
  nothing: [bytesOf(""), "", /^$/],
  "UTF-8": [bytesOf("é = '中😀'\n"), "é = '中😀'\n", /^$/],
  "UTF-8 with a mark at its start": [marked([0xef, 0xbb, 0xbf], bytesOf("é\n")), "é\n", /^$/],
  "a mark and a comment that agrees": [
    marked([0xef, 0xbb, 0xbf], bytesOf("# coding: utf-8\né\n")),
    "# coding: utf-8\né\n",
    /^$/,
  ],
  "ends of lines of Windows": [bytesOf("a\r\nb\r\n"), "a\nb\n", /^$/],
  "ends of lines of old Macs, and mixed ones": [bytesOf("a\rb\r\nc\n"), "a\nb\nc\n", /^$/],
  "UTF-16 of Windows": [
    marked([0xff, 0xfe], utf16("a = 1\r\n", true)),
    "a = 1\n",
    /read as utf-16le/,
  ],
  "UTF-16, the other way round": [marked([0xfe, 0xff], utf16("a\n", false)), "a\n", /utf-16be/],
  "letters of Windows": [latin("x = 'é'\n"), "x = 'é'\n", /says nothing.*windows-1252/],
  "a comment that says so": [
    latin("#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = 'é'\n"),
    "#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = 'é'\n",
    /f.py is not UTF-8: it was read as windows-1252/,
  ],
  "a name that Python writes otherwise": [
    latin("# vim: set fileencoding=iso8859_15 :\nx = '\xa4'\n"),
    "# vim: set fileencoding=iso8859_15 :\nx = '€'\n",
    /iso-8859-15/,
  ],
  "a comment that is too late to count": [
    bytesOf("a\nb\n# coding: utf-16\né"),
    "a\nb\n# coding: utf-16\né",
    /^$/,
  ],
  "a comment behind code, which does not count": [
    bytesOf("a = 1\n# coding: latin-1\né"),
    "a = 1\n# coding: latin-1\né",
    /^$/,
  ],
  "a notebook, whatever it is called": [
    bytesOf('\n{"cells": [], "nbformat": 4}'),
    "",
    /^f.py was not opened: it is a Jupyter notebook. Copy the code/,
  ],
  "a dict, which may be code": [
    bytesOf('{"nbformat": "4", "cells": []}'),
    '{"nbformat": "4", "cells": []}',
    /^$/,
  ],
  "a web page": [bytesOf("\n<!DOCTYPE html><html></html>"), "", /it is a web page/],
  "a document": [bytesOf("{\\rtf1 a = 1}"), "", /it is a document/],
  "a document of pages": [bytesOf("%PDF-1.7\n\0"), "", /it is a document/],
  "no text": [Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), "", /is not a text/],
  "no text, of bytes that UTF-8 may have": [bytesOf("PK\x03\x04\0\0"), "", /is not a text/],
  "UTF-32": [Uint8Array.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), "", /is not a text/],
  "half a UTF-16": [Uint8Array.from([0xff, 0xfe, 0x61]), "", /encoded in utf-16le, and is not/],
  "an encoding that nobody knows": [bytesOf("# coding: rot13\né"), "", /rot13, which this browser/],
  "a comment that makes no difference": [
    bytesOf("# coding: latin-1\na = 1\n"),
    "# coding: latin-1\na = 1\n",
    /^$/,
  ],
  "an encoding that it is not in": [latin("# coding: euc_jp\n'\xff'"), "", /and is not/],
  "as much as is taken": [bytesOf("é".repeat(MOST_CHARACTERS)), "é".repeat(MOST_CHARACTERS), /^$/],
  "as many emoji as are taken": [
    bytesOf("😀".repeat(MOST_CHARACTERS)),
    "😀".repeat(MOST_CHARACTERS),
    /^$/,
  ],
  "a character more": [bytesOf("a".repeat(MOST_CHARACTERS + 1)), "", /too long.*100,000/],
};

for (const [name, [bytes, text, said]] of Object.entries(READ)) {
  test(`A file is read, or refused in words: ${name}`, () => {
    const [read, remark] = told(decode("f.py", bytes));
    assert.equal(read, text);
    assert.match(remark ?? "", said);
  });
}

test("Of a file that is too large nothing is read", () => {
  assert.equal(refuseUnread("f.py", MOST_BYTES), null);
  assert.match(refuseUnread("f.py", MOST_BYTES + 1) ?? "", /f.py was not opened: it is too long/);
});

test("A notebook with pictures is told as one, however large it is", () => {
  for (const size of [1, MOST_BYTES + 1]) {
    assert.match(refuseUnread("A.IPYNB", size) ?? "", /A.IPYNB was not opened: it is a Jupyter/);
  }
});

const NAMES: Record<string, string> = {
  "a.py": "a.py",
  "über 中😀.py": "über 中😀.py",
  "a\u202eyp.exe": "a�yp.exe",
  "a\nb\u2066\ufeff.py": "a�b��.py",
  [`${"n".repeat(57)}.py`]: `${"n".repeat(57)}.py`,
  [`${"😀".repeat(100)}.ipynb`]: `${"😀".repeat(48)}…${"😀".repeat(6)}.ipynb`,
};

for (const [name, shown] of Object.entries(NAMES)) {
  test(`A file's name stands in a sentence and changes nothing around it: ${JSON.stringify(shown)}`, () => {
    assert.equal(shownName(name), shown);
  });
}
