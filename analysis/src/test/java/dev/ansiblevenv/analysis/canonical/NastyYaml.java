package dev.ansiblevenv.analysis.canonical;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// YAML on which readers disagree, and pieces to make more of it.
final class NastyYaml {

  static final List<String> CONTEXTS =
      List.of(
          "%s",
          "- %s",
          "a: %s\n",
          "%s: a",
          "[%s]",
          "{a: %s}",
          "{%s: a}",
          "[%s, b]",
          "? %s\n: b",
          "'%s'",
          "\"%s\"",
          "- !unsafe %s",
          "- !unsafe '%s'",
          "- !!str %s",
          "- !!int %s",
          "- !!float '%s'",
          "- !!bool %s",
          "- !!timestamp '%s'",
          "- !!binary '%s'",
          "- !!null %s",
          "- &x %s\n- *x",
          "- |\n  %s\n",
          "- >-\n  %s\n  %1$s\n",
          "- %s # c",
          "--- %s\n...\n",
          "{\"a\": %s}",
          "- !vault %s",
          "- ! %s",
          "-\t%s",
          "a:\t%s",
          "%s\t: b");

  static final List<String> SCALARS =
      words(
          "yes Yes YES yEs no No NO true True TRUE tRUE false False FALSE on On ON off Off OFF y Y n"
              + " N t f",
          "~ null Null NULL nULL = << < <<< - -- --- ... ? : , . ! & * | > % @ ` # '' \"\"",
          "0 -0 +0 00 01 007 08 09 0o7 0O7 0x 0x_ 0x1F 0XFF 0xg 0b 0b_ 0b1 0b2 0B1 1_ _1 1__0 1_000"
              + " +1 -1 +-1 1,000 0_7 0_8 -012 +0x1f -0b11 123456789012345678901234567890",
          "1.0 1. .1 . .. -.1 +.1 -1.5 +1.5 1.e+5 1.0e5 1.0e+5 1.0E-5 1e5 1e+5 .5e+3 .5e3 1_0.5 1._5"
              + " 1.5_ ._5 1e400 1.0e+400 -1.0e-400 2.2250738585072014e-308 0.1 100.0 1234567.0 12345678.9 0.001"
              + " 0.0001 1.7976931348623157e+308 9007199254740993.0",
          ".inf .Inf .INF -.inf +.inf .iNF .nan .NaN .NAN -.nan inf nan Infinity NaN -Infinity",
          "1:30 -1:30 +1:30 01:30 0:30 1:60 1:6 1:59:59 1:2:3:4 1:30.5 01:30.5 1:30. 1:30._ 1_0:30"
              + " 1:3_0 1: :1 1:30: 1::30 190:20:30 190:20:30.15 12:30:45",
          "2001-01-01 2001-1-1 2001-13-01 2001-02-29 2000-02-29 0000-01-01 0001-01-01 9999-12-31"
              + " 2001-12-14t21:59:43.10-05:00 2001-12-15T2:59:43.1Z 2001-12-14T21:59:43"
              + " 2001-12-14T25:00:00 2001-12-14T21:60:00 2001-12-14T21:59:60"
              + " 2001-12-14T21:59:43+24:00 2001-12-14T21:59:43-23:99 2001-12-14T21:59:43.1234567",
          "a a:b a: :a a#b #a a# {a} [a] {a:b} {{a}} {{ http://x:1/y x?y ?x -x x- a,b !x &x *x %x @x"
              + " `x 'x x' \"x x\" \\n \\ \\\\ é 😀 \u00a0 \u200b \ufeff \u2028 \u0085 \ue000",
          "aGVsbG8= aGVsbG8 aGVs= aGV=sbG8 ==== a= aa== aa=a $ANSIBLE_VAULT;1.1;AES256");

  static final List<String> DOCUMENTS =
      List.of(
          "",
          "---",
          "---\n---",
          "...",
          "a: 1\n...\n",
          "a: 1\n---\n",
          "a: 1\n...\n---\n",
          "%YAML 1.1\n---\na: 1",
          "%YAML 1.2\n---\na: 1",
          "%YAML 2.0\n---\na",
          "%FOO x\n---\na",
          "a: 1\na: 2\nb: 3\n",
          "1: a\ntrue: b\n1.0: c",
          "0: a\n-0.0: b\nfalse: c",
          "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}",
          "d: {c: 3, <<: {b: 1, c: 2}}",
          "d: {<<: [{a: 1, b: 1}, {b: 2, c: 2}], <<: {a: 3}}",
          "{<<: {<<: {a: 1}, b: 2}, c: 3}",
          "- &x [a]\n- !unsafe [*x, b]\n- *x",
          "- !unsafe [&x a]\n- *x",
          "- [&x a]\n- !unsafe [*x]",
          "- &x a\n- !unsafe *x",
          "- !unsafe {a: {b: [c, 1]}}",
          "{? !unsafe '{{ a }}' : b}",
          "!!set {a, b, 1}",
          "!!set {b: 1, a: 2}",
          "!!omap [a: 1, b: 2]",
          "!!pairs [a: 1, a: 2]",
          "!!omap [{a: 1, b: 2}]",
          "!!omap {a: 1}",
          "!!python/dict {a: 1}",
          "!!python/unicode a",
          "!!python/tuple [a]",
          "!!python/object:os.system x",
          "{!!str a: 1, a: 2}",
          "{=: 1}",
          "[=]",
          "!!str {=: a}",
          "{a: 1, b}",
          "{a, b: }",
          "[a: 1, b]",
          "[? a : b]",
          "{? a}",
          "[,]",
          "[a,,b]",
          "{\"a\":1}",
          "{'a':1}",
          "{\"a\":1 # c\n}",
          "[\"a\":1]",
          "{a:1}",
          "{a: :b}",
          "[a\n, b]",
          "a: |\n  x\n   y\n\n  z\n\n",
          "a: |+\n  x\n\n",
          "a: |-\n  x\n\n",
          "a: |2\n    x\n",
          "a: >\n  x\n  y\n\n  z\n",
          "a: >\n  x\n    y\n  z\n",
          "a: |\n\n\n  x\n",
          "a: |\n    \n  x\n",
          "a: |\n \tx\n",
          "a: |1+\n  x\n",
          "a: |0\n x",
          "a: 'x\n  y\n\n  z'",
          "a: \"x\\\n   y \\\n z\"",
          "a: \"\\x41\\u00e9\\U0001F600\\N\\_\\L\\P\\e\\0\\/\"",
          "\"\\ud83d\\ude00\"",
          "{\"a\": \"\\ud83d\\ude00\"}",
          "{\"a\": \"\\ud83d\"}",
          "{\"a\": \"\t\"}",
          "{\"__ansible_unsafe\": \"5\"}",
          "[{\"__ansible_vault\": \"x\"}]",
          "{\"__ansible_type\": \"x\"}",
          "{\"a\": 1, \"a\": 2}",
          "[1e5, 1E400, -0, -0.0, 01]",
          "[NaN, Infinity, -Infinity]",
          "\t{\"a\": 1}",
          "{\t\"a\":\t1\t}",
          " 1",
          "[1,]",
          "\ufeff{\"a\": 1e5}",
          "a:\tb",
          "a: b\t",
          "a: b\t# c",
          "a\tb: c",
          "-\ta",
          "- \ta",
          "\ta: b",
          "a:\n\tb",
          "a:\n \tb",
          "a:\n  b\n\tc",
          "a: \"b\n\tc\"",
          "a:\n- b\n- c",
          "a:\n - b\n- c",
          "- a\n b",
          "- - a\n  - b",
          "a: - b",
          "a: b: c",
          "? a\n: b\n? c",
          "a: b\n c: d",
          "a\r\nb",
          "a\rb",
          "a: |\r\n  x\r\n  y\r\n",
          "a: \u0085 b",
          "a:\u2028  b",
          "a: |\n  x\u2028  y\n",
          "\ufeffa: 1",
          "a: \ufeffb",
          "a: 1\n\ufeffb: 2",
          "a: &b",
          "a: &b-c_d 1",
          "a: &b.c 1",
          "a: &b c\nd: &b e",
          "a: *b",
          "&a a: *a",
          "&a [*a]",
          "*a",
          "a: & b",
          "a: *b c",
          "a: !b c",
          "a: !<b> c",
          "a: ! b",
          "!",
          "a: !",
          "a: !!",
          "a: !b!c d",
          "a: !unsafe",
          "a: !vault",
          "a: !vault |\n  x\n",
          "a: !vault-encrypted x",
          "%TAG !e! tag:yaml.org,2002:\n---\n!e!int '5'",
          "%TAG ! tag:yaml.org,2002:\n---\n!int '5'",
          "!<tag:yaml.org,2002:int> '5'",
          "!!%69nt '5'",
          "a: {{ b }}",
          "a: {{ b }} c",
          "- {{ b }}",
          "- name: {{ b }}: c",
          "{{ a }}: b",
          "key: 'a' b",
          "key: \"a\" b",
          "key: a 'b'",
          "#a",
          "a #b",
          "a: #b",
          "a: b#c",
          "[a #b\n]");

  private static List<String> words(String... lines) {
    return Arrays.stream(lines).flatMap(line -> Arrays.stream(line.split(" ", -1))).toList();
  }

  private static final String[] PIECES = {
    "0",
    "1",
    "8",
    "9",
    "_",
    ".",
    "+",
    "-",
    "e",
    "E",
    ":",
    "x",
    "b",
    "o",
    "n",
    "f",
    "inf",
    "nan",
    "NaN",
    "y",
    "yes",
    "No",
    "on",
    "~",
    "null",
    "=",
    "<<",
    "<",
    " ",
    "T",
    "Z",
    "2001",
    "01",
    "-01-01",
    "60",
    "59",
    "30",
    "00",
    "#",
    " #",
    "'",
    "\"",
    "a",
    "\\",
    "!!int ",
    "!!float ",
    "!!str ",
    "!!bool ",
    "!!timestamp ",
    "!!binary ",
    "!!null ",
    "!unsafe ",
    "!vault ",
    "! ",
    "true",
    "\t"
  };

  private static final String[] TOKENS = {
    "- ",
    "-",
    "a",
    "b",
    ": ",
    ":",
    "? ",
    "?",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    "  ",
    " ",
    "{",
    "}",
    "[",
    "]",
    ",",
    ", ",
    "\"",
    "'",
    "&x ",
    "*x",
    "*x ",
    "!!str ",
    "!unsafe ",
    "!vault ",
    "|",
    "|-",
    "|+",
    ">",
    ">-",
    "|2",
    "\n---\n",
    "---",
    "...",
    "\n...\n",
    "#",
    " # c",
    "\t",
    "%",
    "@",
    "`",
    "\\",
    "\r\n",
    "\r",
    "\u0085",
    "\u2028",
    "é",
    "\uFEFF",
    "😀",
    "<<: ",
    "<<",
    "{{ a }}",
    "a: 1",
    "- a",
    "\\n",
    "\\u0041",
    "\\x",
    "''",
    "\"\"",
    "~",
    "!",
    "!a",
    "%YAML 1.1\n",
    "%TAG ! x:\n",
    "1",
    "$",
    "&",
    "*",
    ">",
    "=",
    "!<tag:yaml.org,2002:str> ",
    "!e!x ",
    "\\ud83d\\ude00",
    "\\/"
  };

  private static final String[] VALUES = {
    "a",
    "b",
    "1",
    "true",
    "'q'",
    "\"d\"",
    "a b",
    "0644",
    "~",
    "x: y",
    "a#b",
    "a #b",
    "http://x:1/y",
    "{{ a }}",
    "\"{{ a }}\"",
    "- x",
    "é",
    "1:30",
    "1.5",
    "''",
    "*x",
    "&x a",
    "!unsafe a",
    "!!str 1",
    "a:b",
    "<<",
    ".5",
    "=",
    "!!set {a, b}",
    "!!omap [a: 1]",
    "!!pairs [{a: 1}]",
    "!!binary aGVsbG8=",
    "2001-01-01 10:00:00 +1:00",
    "|\n      a\n      b",
    "- a",
    "[a, b]",
    "{a: 1, b: 2}",
    "{a, b: }",
    "[a: 1, ? b]",
    "\"a\\\n      b\"",
    "'a\n\n      b'",
    "a\n      b"
  };

  private static final String[] PROPERTIES = {
    "&x ", "!unsafe ", "!!map ", "!!seq ", "!!str ", "!vault ", "!foo ", "&y !!set "
  };

  private static final String[] BLANKS = {"\n", "# x\n", "   \n", "\t\n", " \t# y\n"};

  private NastyYaml() {}

  static String scalar(Random random) {
    return (random.nextBoolean() ? "- " : "") + pieces(random, PIECES, 6);
  }

  static String soup(Random random) {
    return pieces(random, TOKENS, 10);
  }

  static String structure(Random random, int depth) {
    var text = new StringBuilder();
    boolean mapping = random.nextBoolean();
    int size = random.nextInt(1, 4);
    for (int i = 0; i < size; i++) {
      text.append("  ".repeat(depth));
      text.append(mapping ? key(random) + ":" : "-");
      text.append(random.nextInt(12) == 0 ? "\t" : " ");
      if (random.nextInt(8) == 0) {
        text.append(pick(random, PROPERTIES));
      }
      if (depth < 3 && random.nextBoolean()) {
        text.append('\n').append(structure(random, depth + (random.nextInt(5) == 0 ? 0 : 1)));
      } else {
        text.append(pick(random, VALUES));
        text.append(random.nextInt(6) == 0 ? " # c" : "");
        text.append(random.nextInt(10) == 0 ? "\r\n" : "\n");
        text.append(random.nextInt(15) == 0 ? pick(random, BLANKS) : "");
      }
    }
    return text.toString();
  }

  private static String key(Random random) {
    return random.nextInt(8) == 0
        ? "<<"
        : random.nextInt(6) == 0 ? pick(random, VALUES) : "k" + random.nextInt(3);
  }

  private static String pieces(Random random, String[] pieces, int most) {
    var text = new StringBuilder();
    int size = random.nextInt(1, most + 1);
    for (int i = 0; i < size; i++) {
      text.append(pick(random, pieces));
    }
    return text.toString();
  }

  private static String pick(Random random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
