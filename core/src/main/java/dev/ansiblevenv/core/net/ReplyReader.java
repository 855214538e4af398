package dev.ansiblevenv.core.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;

/// Makes something of a reply while it arrives. Called anew for each attempt.
@FunctionalInterface
public interface ReplyReader<T> {

  /// @param status neither a redirect nor a status that is retried
  /// @param body decompressed; reading it fails when the connection breaks, stalls or ends early,
  ///   which is retried: let that exception pass
  T read(int status, URI uri, HttpHeaders headers, InputStream body) throws IOException;
}
