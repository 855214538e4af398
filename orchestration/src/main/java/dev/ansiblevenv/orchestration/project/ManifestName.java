package dev.ansiblevenv.orchestration.project;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Names and link targets as a manifest writes them: printable ASCII without `%`, everything else
/// as the `%XX` of its bytes.
final class ManifestName {

  private static final char UNDECODABLE = '\uFFFD';

  private ManifestName() {}

  /// The last name of a path, whatever bytes it has.
  static String ofFile(Path file) {
    var name = String.valueOf(file.getFileName());
    if (isPlain(name)) {
      return name;
    }
    return name.indexOf(UNDECODABLE) < 0 ? of(name) : ofBytes(raw(file));
  }

  /// Of text, such as a link's target.
  static String of(String text) {
    return isPlain(text) ? text : ofBytes(text.getBytes(UTF_8));
  }

  static String ofBytes(byte[] bytes) {
    var text = new StringBuilder();
    for (var each : bytes) {
      var character = (char) (each & 0xFF);
      if (isPlain(character)) {
        text.append(character);
      } else {
        text.append('%').append("%02X".formatted((int) character));
      }
    }
    return text.toString();
  }

  /// What a name in a manifest means.
  ///
  /// @return empty when it is no text, or has control characters
  static Optional<String> text(String name) {
    var bytes = new ByteArrayOutputStream();
    for (var i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%' && i + 2 < name.length()) {
        bytes.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
      return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char character) {
    return character > ' ' && character < 0x7F && character != '%';
  }

  /// A path's address holds the bytes that its text has lost.
  private static byte[] raw(Path file) {
    var address = file.toUri().getRawPath();
    var end = address.endsWith("/") ? address.length() - 1 : address.length();
    var name = address.substring(address.lastIndexOf('/', end - 1) + 1, end);
    var bytes = new ByteArrayOutputStream();
    for (var i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(Integer.parseInt(name.substring(i + 1, i + 3).toLowerCase(Locale.ROOT), 16));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(name.charAt(i)).getBytes(ISO_8859_1));
      }
    }
    return bytes.toByteArray();
  }
}
