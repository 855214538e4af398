package dev.ansiblevenv.core.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The unit of the stream: kind (1 byte), request (4), length (4, big endian), payload.
final class Frame {

  private final Kind kind;
  private final int request;
  private final byte[] payload;

  Frame(Kind kind, int request, byte[] payload) {
    this.kind = kind;
    this.request = request;
    this.payload = payload;
  }

  Kind kind() {
    return kind;
  }

  int request() {
    return request;
  }

  byte[] payload() {
    return payload;
  }

  static final int LIMIT = 16 * 1024 * 1024;

  enum Kind {
    JSON('J'),
    BLOB('B'),
    AGENT('A'),
    OUTPUT('O'),
    EVENTS('E');

    private final byte letter;

    Kind(char letter) {
      this.letter = (byte) letter;
    }

    static Kind of(byte letter) throws ProtocolException {
      for (var kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new ProtocolException("a frame of unknown kind " + letter);
    }
  }

  void write(DataOutputStream out) throws IOException {
    out.writeByte(kind.letter);
    out.writeInt(request);
    out.writeInt(payload.length);
    out.write(payload);
  }

  /// The next frame, or null at a clean end of the stream.
  static @Nullable Frame read(DataInputStream in) throws IOException {
    var letter = in.read();
    if (letter < 0) {
      return null;
    }
    try {
      var kind = Kind.of((byte) letter);
      var request = in.readInt();
      var length = in.readInt();
      if (length < 0 || length > LIMIT) {
        throw new ProtocolException("a frame of " + Integer.toUnsignedString(length) + " bytes");
      }
      var payload = new byte[length];
      in.readFully(payload);
      return new Frame(kind, request, payload);
    } catch (EOFException e) {
      throw new ProtocolException("the stream ends inside a frame", e);
    }
  }
}
