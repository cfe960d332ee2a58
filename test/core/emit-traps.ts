/** Strings that some YAML reader takes for something else, in the groups in which they were found. */

const cases = (word: string) => [word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)];
const marks = [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'];

export const traps: Readonly<Record<string, readonly string[]>> = {
  words: [
    ...['yes', 'no', 'on', 'off', 'y', 'n', 'true', 'false', 'null', 'none', 'nil', 'nan'].flatMap(cases),
    ...['', '~', '=', '<<', 'NaN', 'yEs', 'e', 'E'],
  ],
  numbers: (
    '007 0777 08 0o17 0O17 0x1f 0X1F 0b1 0B1 0_x1f 0b+0_ 0x_ 1_000 _1 1_ +_1 -_ 1e1_0 .5 1. 0. . .. ._ 1e3 1E3 e1 E1 ' +
    'e-1 E+2 12e03 .e1 1.5e+3 1e 1e400 .inf .Inf .INF +.inf -.inf .nan .NaN .NAN Infinity +1 -1 + - -0 +.5 0 00 1.2.3 ' +
    '123456789012345678901234567890 9223372036854775808 18446744073709551616 0x 0b 0o8 0xg 0b12 -0x1f +0b1 0x1p-2'
  ).split(' '),
  times: [
    ...'12:30 190:20:30.15 3306:3306 1:2:3 1:60 0:0 12:30: 2024-01-01 2024-1-1 2024-01 20240101'.split(' '),
    ...['2024-01-01T00:00:00Z', '2024-01-01t00:00:00z', '2024-01-01T00:00:00', '2024-01-01T00:00:00.5+01:00'],
    ...['2024-01-01 00:00:00', '2024-01-01  1:02:03 Z', '2024-01-01T01:02:03.', '2024-01-01T01:02:03 -03'],
  ],
  indicators: [
    ...marks.flatMap((mark) => [mark, `${mark}a`, `${mark} a`, `${mark}${mark}`, `a${mark}`, `a ${mark}b`]),
    ...['- a', '? a', ': a', 'a: b', 'a #b', 'a:', '---', '--- a', '---a', '...', '...a', '{{ x }}', '*.example.com'],
    ...['@scope/p', '%YAML 1.2', '`x`', '"a" b', "it's", `'"`, '{"a":1}', 'a::b', 'https://x:80/y', '!!str a', 'a\\nb'],
  ],
  blanks: [
    ...[' ', '  ', ' a', 'a ', '\t', '\ta', 'a\t', 'a\tb', 'a:\tb', 'a\t#b', '\r', 'a\rb', 'a\r\nb', '"\t"'],
    ...['\0', 'a\0', '\x07', '\b', '\v', '\f', '\x1b', '\x7f', '\x80', '\x9f', '\x85', 'a\x85b', 'a\x01"b'],
    ...['\xa0', '\xa0a', 'a\xa0', 'a:\xa0b', '\u2028', 'a\u2029b', '\ufeff', '\ufeffa', 'a\ufeff', '\ufffe', '\uffff'],
    ...['\u200b', '\u3000', 'é', '日本', '😀', 'a😀b', '\u{10ffff}', '\u{1fffe}', '\ue000', '\ufdd0', '\ufffd'],
  ],
  lines: [
    ...['\n', '\n\n', '\n\n\n', 'a\n', 'a\n\n', 'a\n\n\n', '\na', '\n\na', '\na\n', 'a\nb', 'a\n\nb', 'a\n\n\nb\n'],
    ...[' a\nb', '  a\nb\n', '\n a', '\n a\nb', 'a\n b', 'a\n  b\nc', ' \n', '\n ', ' \n ', '\n \n', 'a\n ', 'a\n\t'],
    ...['a\n \n', 'a\n \n\n', 'a\n\n ', 'a \nb', 'a\t\nb', ' \na', '  \n a', '   \na\n', '\n \na', 'a\n  \nb'],
    ...['\t\n', '\n\t', '\ta\nb', '\t\ta\nb\n', '\n\ta', 'a\n\tb', 'a\n\t\nb', '\t\na', ' \t\na'],
    ...['---\na', 'a\n---\nb', 'a\n---', '...\na', 'a\n...\n', '%a\nb', '#a\nb', 'a\n#b', 'a\n #b\n', 'a #b\nc'],
    ...['{"a": 1,\n "b": 2}\n', '{\n  "a": [1]\n}', 'a: b\nc: d\n', '- a\n- b', '? a\nb', '"a\nb"', "'a\nb'", '*a\n*b'],
    ...['a\r\nb\r\n', 'a\r\nb', 'a\u2028b\nc', 'a\x85\nb', '\ufeffa\nb', '\xa0\na', 'a\n\0', '😀\n😀', 'true\n', '1\n'],
    ...['#!/bin/sh\nset -e\n\techo\n', 'key: |\n  x\n'],
  ],
  long: ['w'.repeat(1000), 'lorem ipsum '.repeat(42) + 'x', '1'.repeat(1000), 'a: '.repeat(300), '"x" '.repeat(200)],
};

export const trapStrings: readonly string[] = [...new Set(Object.values(traps).flat())];
