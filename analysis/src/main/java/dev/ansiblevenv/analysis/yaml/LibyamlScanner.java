package dev.ansiblevenv.analysis.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.tokens.AliasToken;
import org.yaml.snakeyaml.tokens.AnchorToken;
import org.yaml.snakeyaml.tokens.BlockEndToken;
import org.yaml.snakeyaml.tokens.BlockEntryToken;
import org.yaml.snakeyaml.tokens.BlockMappingStartToken;
import org.yaml.snakeyaml.tokens.BlockSequenceStartToken;
import org.yaml.snakeyaml.tokens.DocumentEndToken;
import org.yaml.snakeyaml.tokens.DocumentStartToken;
import org.yaml.snakeyaml.tokens.FlowEntryToken;
import org.yaml.snakeyaml.tokens.FlowMappingEndToken;
import org.yaml.snakeyaml.tokens.FlowMappingStartToken;
import org.yaml.snakeyaml.tokens.FlowSequenceEndToken;
import org.yaml.snakeyaml.tokens.FlowSequenceStartToken;
import org.yaml.snakeyaml.tokens.KeyToken;
import org.yaml.snakeyaml.tokens.StreamEndToken;
import org.yaml.snakeyaml.tokens.StreamStartToken;
import org.yaml.snakeyaml.tokens.Token;
import org.yaml.snakeyaml.tokens.ValueToken;

/// Tokens as [libyaml](https://github.com/yaml/libyaml/blob/master/src/scanner.c) finds them, which
/// Ansible reads with. SnakeYAML's own scanner refuses tabs that libyaml takes (`key:<tab>value`),
/// and takes anchors, directives and escapes that libyaml refuses.
final class LibyamlScanner implements Scanner {

  /// A simple key ends on its line, after at most so many characters.
  private static final int MAXIMUM_KEY = 1024;

  private static final String NO_PLAIN_START = "-?:,[]{}#&*!|>'\"%@`";

  /// A place where a key may have started, known as one when its colon comes.
  private record PossibleKey(int tokenNumber, boolean required, Mark mark) {}

  private final TextCursor cursor;
  private final ArrayDeque<Token> tokens = new ArrayDeque<>();
  private final ArrayDeque<Integer> indents = new ArrayDeque<>();
  private final List<@Nullable PossibleKey> keys = new ArrayList<>();
  private int taken;
  private int indent = -1;
  private boolean keyAllowed = true;
  private boolean directive;
  private boolean ended;

  LibyamlScanner(TextCursor cursor) {
    this.cursor = cursor;
    keys.add(null);
    tokens.add(new StreamStartToken(cursor.mark(), cursor.mark()));
  }

  @Override
  public boolean checkToken(Token.ID... choices) {
    var next = peekToken().getTokenId();
    for (var choice : choices) {
      if (next == choice) {
        return true;
      }
    }
    return choices.length == 0;
  }

  @Override
  public Token peekToken() {
    while (needsMore()) {
      fetch();
    }
    return tokens.element();
  }

  @Override
  public Token getToken() {
    var token = peekToken();
    tokens.remove();
    taken++;
    return token;
  }

  @Override
  public void resetDocumentIndex() {}

  private boolean needsMore() {
    if (ended) {
      return false;
    }
    if (tokens.isEmpty()) {
      return true;
    }
    dropStaleKeys();
    for (var key : keys) {
      if (key != null && key.tokenNumber == taken) {
        return true;
      }
    }
    return false;
  }

  private void fetch() {
    skipToToken();
    dropStaleKeys();
    unroll(cursor.column());
    requireDocumentAfterDirective();
    if (cursor.atEnd()) {
      fetchEnd();
    } else if (cursor.column() == 0 && cursor.at('%')) {
      startAfresh();
      directive = true;
      tokens.add(TagScanner.directive(cursor));
    } else if (cursor.atIndicator('-')) {
      startAfresh();
      directive = false;
      tokens.add(new DocumentStartToken(cursor.mark(), skipped(3)));
    } else if (cursor.atIndicator('.')) {
      startAfresh();
      tokens.add(new DocumentEndToken(cursor.mark(), skipped(3)));
    } else {
      fetchContent();
    }
  }

  private void requireDocumentAfterDirective() {
    if (directive && !cursor.atIndicator('-') && !(cursor.column() == 0 && cursor.at('%'))) {
      throw cursor.error("", cursor.mark(), "did not find expected <document start>");
    }
  }

  private void fetchContent() {
    boolean flow = inFlow();
    switch (cursor.peek(0)) {
      case '[', '{' -> fetchFlowStart();
      case ']', '}' -> fetchFlowEnd();
      case ',' -> {
        removeKey();
        keyAllowed = true;
        tokens.add(new FlowEntryToken(cursor.mark(), skipped(1)));
      }
      case '*', '&' -> fetchAnchor();
      case '!' -> {
        saveKey();
        keyAllowed = false;
        tokens.add(TagScanner.tag(cursor, flow));
      }
      case '\'', '"' -> {
        saveKey();
        keyAllowed = false;
        tokens.add(QuotedScalar.scan(cursor));
      }
      default -> {
        if (cursor.at('-') && cursor.atSpace(1)) {
          fetchBlockEntry();
        } else if (cursor.at('?') && (flow || cursor.atSpace(1))) {
          fetchKey();
        } else if (cursor.at(':') && (flow || cursor.atSpace(1))) {
          fetchValue();
        } else if (!flow && cursor.atAny(0, "|>")) {
          removeKey();
          keyAllowed = true;
          tokens.add(BlockScalar.scan(cursor, indent));
        } else {
          fetchPlain();
        }
      }
    }
  }

  private void skipToToken() {
    while (true) {
      if (cursor.column() == 0 && cursor.at('\uFEFF')) {
        cursor.skip();
      }
      while (cursor.at(' ') || (cursor.at('\t') && (inFlow() || !keyAllowed))) {
        cursor.skip();
      }
      cursor.skipComment();
      if (!cursor.atBreak(0)) {
        return;
      }
      cursor.skipLine();
      if (!inFlow()) {
        keyAllowed = true;
      }
    }
  }

  private boolean inFlow() {
    return keys.size() > 1;
  }

  private Mark skipped(int count) {
    cursor.skip(count);
    return cursor.mark();
  }

  private void fetchEnd() {
    startAfresh();
    tokens.add(new StreamEndToken(cursor.mark(), cursor.mark()));
    ended = true;
  }

  private void startAfresh() {
    unroll(-1);
    removeKey();
    keyAllowed = false;
  }

  private void fetchFlowStart() {
    saveKey();
    keys.add(null);
    keyAllowed = true;
    var start = cursor.mark();
    tokens.add(
        cursor.at('[')
            ? new FlowSequenceStartToken(start, skipped(1))
            : new FlowMappingStartToken(start, skipped(1)));
  }

  private void fetchFlowEnd() {
    removeKey();
    if (inFlow()) {
      keys.removeLast();
    }
    keyAllowed = false;
    var start = cursor.mark();
    tokens.add(
        cursor.at(']')
            ? new FlowSequenceEndToken(start, skipped(1))
            : new FlowMappingEndToken(start, skipped(1)));
  }

  private void fetchBlockEntry() {
    if (!inFlow()) {
      requireKeyAllowed("block sequence entries are not allowed in this context");
      if (indent < cursor.column()) {
        roll(cursor.column());
        tokens.add(new BlockSequenceStartToken(cursor.mark(), cursor.mark()));
      }
    }
    removeKey();
    keyAllowed = true;
    tokens.add(new BlockEntryToken(cursor.mark(), skipped(1)));
  }

  private void fetchKey() {
    if (!inFlow()) {
      requireKeyAllowed("mapping keys are not allowed in this context");
      startMapping();
    }
    removeKey();
    keyAllowed = !inFlow();
    tokens.add(new KeyToken(cursor.mark(), skipped(1)));
  }

  private void fetchValue() {
    var key = keys.getLast();
    if (key != null) {
      insertKey(key);
      keys.set(keys.size() - 1, null);
      keyAllowed = false;
    } else {
      if (!inFlow()) {
        requireKeyAllowed("mapping values are not allowed in this context");
        startMapping();
      }
      keyAllowed = !inFlow();
    }
    tokens.add(new ValueToken(cursor.mark(), skipped(1)));
  }

  /// The key's tokens are the last ones, as nothing behind them has been taken.
  private void insertKey(PossibleKey key) {
    var behind = new ArrayDeque<Token>();
    while (tokens.size() > key.tokenNumber - taken) {
      behind.addFirst(tokens.removeLast());
    }
    if (!inFlow() && indent < key.mark.getColumn()) {
      roll(key.mark.getColumn());
      tokens.add(new BlockMappingStartToken(key.mark, key.mark));
    }
    tokens.add(new KeyToken(key.mark, key.mark));
    tokens.addAll(behind);
  }

  private void startMapping() {
    if (indent < cursor.column()) {
      roll(cursor.column());
      tokens.add(new BlockMappingStartToken(cursor.mark(), cursor.mark()));
    }
  }

  private void requireKeyAllowed(String problem) {
    if (!keyAllowed) {
      throw cursor.error("", cursor.mark(), problem);
    }
  }

  private void fetchAnchor() {
    saveKey();
    keyAllowed = false;
    boolean alias = cursor.at('*');
    var start = cursor.mark();
    cursor.skip();
    var name = new StringBuilder();
    while (cursor.atWord()) {
      cursor.read(name);
    }
    if (name.isEmpty() || !(cursor.atSpace(0) || cursor.atAny(0, "?:,]}%@`"))) {
      throw cursor.error(
          alias ? "while scanning an alias" : "while scanning an anchor",
          start,
          "did not find expected alphabetic or numeric character");
    }
    tokens.add(
        alias
            ? new AliasToken(name.toString(), start, cursor.mark())
            : new AnchorToken(name.toString(), start, cursor.mark()));
  }

  private void fetchPlain() {
    boolean plain =
        !cursor.atAny(0, NO_PLAIN_START + "\t")
            || (cursor.at('-') && !cursor.atBlank(1))
            || (!inFlow() && cursor.atAny(0, "?:") && !cursor.atSpace(1));
    if (!plain) {
      throw cursor.error(
          "while scanning for the next token",
          cursor.mark(),
          cursor.at('\t')
              ? "found a tab where only spaces can stand"
              : "found a character that cannot start any token");
    }
    saveKey();
    keyAllowed = false;
    var scanned = PlainScalar.scan(cursor, indent, inFlow());
    tokens.add(scanned.token());
    keyAllowed = scanned.endsOnNewLine();
  }

  private void saveKey() {
    if (keyAllowed) {
      boolean required = !inFlow() && indent == cursor.column();
      removeKey();
      keys.set(keys.size() - 1, new PossibleKey(taken + tokens.size(), required, cursor.mark()));
    }
  }

  private void removeKey() {
    requireOptional(keys.getLast());
    keys.set(keys.size() - 1, null);
  }

  private void dropStaleKeys() {
    for (int i = 0; i < keys.size(); i++) {
      var key = keys.get(i);
      if (key != null
          && (key.mark.getLine() < cursor.line()
              || key.mark.getIndex() + MAXIMUM_KEY < cursor.index())) {
        requireOptional(key);
        keys.set(i, null);
      }
    }
  }

  private void requireOptional(@Nullable PossibleKey key) {
    if (key != null && key.required) {
      throw cursor.error("while scanning a simple key", key.mark, "could not find expected ':'");
    }
  }

  private void roll(int column) {
    indents.push(indent);
    indent = column;
  }

  private void unroll(int column) {
    if (inFlow()) {
      return;
    }
    while (indent > column) {
      tokens.add(new BlockEndToken(cursor.mark(), cursor.mark()));
      indent = indents.pop();
    }
  }
}
