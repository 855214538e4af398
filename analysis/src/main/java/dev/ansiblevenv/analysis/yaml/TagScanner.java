package dev.ansiblevenv.analysis.yaml;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.tokens.DirectiveToken;
import org.yaml.snakeyaml.tokens.TagToken;
import org.yaml.snakeyaml.tokens.TagTuple;
import org.yaml.snakeyaml.tokens.Token;

/// Tags, and the directives that give them their handles.
final class TagScanner {

  private static final String URI = ";/?:@&=+$.!~*'()%";
  private static final String VERBATIM_URI = URI + ",[]";

  private final TextCursor cursor;
  private final Mark start;
  private final String context;

  private TagScanner(TextCursor cursor, String context) {
    this.cursor = cursor;
    this.start = cursor.mark();
    this.context = context;
  }

  static Token tag(TextCursor cursor, boolean flow) {
    return new TagScanner(cursor, "while scanning a tag").tag(flow);
  }

  static Token directive(TextCursor cursor) {
    return new TagScanner(cursor, "while scanning a directive").directive();
  }

  private Token tag(boolean flow) {
    TagTuple tag;
    if (cursor.at(1, '<')) {
      cursor.skip(2);
      tag = new TagTuple(null, uri("", VERBATIM_URI));
      require(cursor.at('>'), "did not find the expected '>'");
      cursor.skip();
    } else {
      var handle = handle(false);
      if (handle.length() > 1 && handle.endsWith("!")) {
        tag = new TagTuple(handle, uri("", URI));
      } else {
        var suffix = uri(handle, URI);
        tag = suffix.isEmpty() ? new TagTuple(null, "!") : new TagTuple("!", suffix);
      }
    }
    require(
        cursor.atSpace(0) || (flow && cursor.at(',')),
        "did not find expected whitespace or line break");
    return new TagToken(tag, start, cursor.mark());
  }

  private Token directive() {
    cursor.skip();
    var name = new StringBuilder();
    while (cursor.atWord()) {
      cursor.read(name);
    }
    require(!name.isEmpty(), "could not find expected directive name");
    require(cursor.atSpace(0), "found unexpected non-alphabetical character");
    cursor.skipBlanks();
    Token token =
        switch (name.toString()) {
          case "YAML" -> version();
          case "TAG" -> prefix();
          default -> throw cursor.error(context, start, "found unknown directive name");
        };
    cursor.skipBlanks();
    cursor.skipComment();
    require(cursor.atBreakOrEnd(), "did not find expected comment or line break");
    cursor.skipLine();
    return token;
  }

  private Token version() {
    int major = number();
    require(cursor.at('.'), "did not find expected digit or '.' character");
    cursor.skip();
    int minor = number();
    require(major == 1 && (minor == 1 || minor == 2), "found incompatible YAML document");
    return new DirectiveToken<>("YAML", List.of(major, minor), start, cursor.mark());
  }

  private int number() {
    int number = 0;
    int digits = 0;
    for (; cursor.atAny(0, "0123456789"); digits++) {
      require(digits < 9, "found extremely long version number");
      number = number * 10 + cursor.peek(0) - '0';
      cursor.skip();
    }
    require(digits > 0, "did not find expected version number");
    return number;
  }

  private Token prefix() {
    var handle = handle(true);
    require(cursor.atBlank(0), "did not find expected whitespace");
    cursor.skipBlanks();
    var prefix = uri("", VERBATIM_URI);
    require(cursor.atSpace(0), "did not find expected whitespace or line break");
    return new DirectiveToken<>("TAG", List.of(handle, prefix), start, cursor.mark());
  }

  private String handle(boolean directive) {
    require(cursor.at('!'), "did not find expected '!'");
    var handle = new StringBuilder();
    cursor.read(handle);
    while (cursor.atWord()) {
      cursor.read(handle);
    }
    if (cursor.at('!')) {
      cursor.read(handle);
    } else {
      require(!directive || handle.length() == 1, "did not find expected '!'");
    }
    return handle.toString();
  }

  private String uri(String head, String characters) {
    var uri = new StringBuilder(head.isEmpty() ? "" : head.substring(1));
    int length = head.length();
    for (; cursor.atWord() || cursor.atAny(0, characters); length++) {
      if (cursor.at('%')) {
        escapes(uri);
      } else {
        cursor.read(uri);
      }
    }
    require(length > 0, "did not find expected tag URI");
    return uri.toString();
  }

  private void escapes(StringBuilder target) {
    var bytes = new ByteArrayOutputStream();
    while (cursor.at('%')) {
      int high = cursor.peek(1) < 128 ? Character.digit(cursor.peek(1), 16) : -1;
      int low = cursor.peek(2) < 128 ? Character.digit(cursor.peek(2), 16) : -1;
      require(high >= 0 && low >= 0, "did not find URI escaped octet");
      bytes.write(high << 4 | low);
      cursor.skip(3);
    }
    try {
      target.append(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())));
    } catch (CharacterCodingException e) {
      throw cursor.error(context, start, "found an incorrect UTF-8 octet");
    }
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw cursor.error(context, start, problem);
    }
  }
}
