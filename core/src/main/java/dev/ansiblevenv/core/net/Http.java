package dev.ansiblevenv.core.net;

import dev.ansiblevenv.diagnostic.Cancelled;
import dev.ansiblevenv.diagnostic.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// HTTP GET as the user's environment asks for it: `HTTP_PROXY` and its kin, [CA
/// files][TrustedCertificates], logins from URLs and `.netrc`. Transient failures (429, 500, 502,
/// 503, 504, broken or stalled connections, bodies that end early) are retried within
/// [RetryPolicy]. Redirects are followed; credentials stay with the host that they were given for.
///
/// Thread safe; connections are kept alive and shared, so one instance serves a whole program.
/// Nothing is opened or read before the first request.
public final class Http {

  /// Of a reply that is metadata. The largest pages of package indexes have a third.
  static final long LARGEST_METADATA = 64L << 20;

  /// Of a file of which nothing is known before. The largest wheels in use have half.
  static final long LARGEST_FILE = 4L << 30;

  private final RetryPolicy retries;
  private final Exchange exchange;

  /// @param environment the user's environment variables
  public Http(Map<String, String> environment) {
    this(environment, RetryPolicy.standard(), Duration.ofSeconds(60));
  }

  /// @param patience how long to wait for an answer to begin, and for more of a body
  public Http(Map<String, String> environment, RetryPolicy retries, Duration patience) {
    this.retries = retries;
    this.exchange = new Exchange(environment, patience);
  }

  /// Fetches the whole reply into memory: for metadata.
  ///
  /// @return any status that is not retried, 404 and 401 among them
  /// @throws Failure as [#get(Request, ReplyReader)]
  public Reply get(Request request) {
    return get(
        request.with("Accept-Encoding", "gzip"),
        (status, uri, headers, body) ->
            new Reply(
                status, uri, headers, new String(body.readAllBytes(), StandardCharsets.UTF_8)));
  }

  /// Hands the reply's body to `reader` while it arrives.
  ///
  /// @throws dev.ansiblevenv.diagnostic.Unresolvable when no attempt succeeded; names the URL
  ///   without credentials, and the last cause
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure for unusable proxy or CA settings
  /// @throws Cancelled when the thread is interrupted
  public <T> T get(Request request, ReplyReader<T> reader) {
    return get(request, LARGEST_METADATA, reader);
  }

  /// @param most bytes of a body, decompressed; a longer one is given up, never tried again
  <T> T get(Request request, long most, ReplyReader<T> reader) {
    for (var attempt = 1; ; attempt++) {
      var wait = retries.wait(attempt);
      try {
        return exchange.perform(request, most, reader);
      } catch (Exchange.Unavailable e) {
        var asked = retries.askedFor(e.headers);
        var tooLong = asked.filter(time -> time.compareTo(retries.longestWait()) > 0);
        if (tooLong.isPresent()) {
          var why =
              e.getMessage() + ", and asks to come back in " + tooLong.get().toSeconds() + " s";
          throw givenUp(e.uri, attempt, why, e);
        }
        if (attempt == retries.attempts()) {
          throw givenUp(e.uri, attempt, String.valueOf(e.getMessage()), e);
        }
        wait = asked.orElse(wait);
      } catch (IOException e) {
        if (attempt == retries.attempts() || !NetworkFailure.isTransient(e)) {
          throw givenUp(request.uri(), attempt, NetworkFailure.describe(e), e);
        }
      } catch (InterruptedException e) {
        throw interrupted(request, e);
      }
      pause(request, wait);
    }
  }

  /// Fetches a file to `target`, streaming. It stands there whole and checked, or not at all; a
  /// file that is there already is replaced.
  ///
  /// @param sha256 what the content must have, 64 lower-case hex digits
  /// @throws Failure as [#get(Request, ReplyReader)]; also for any status but 200, a wrong checksum
  ///   (never retried) and a disk that cannot be written
  public void download(Request request, Path target, String sha256) {
    download(request, target, sha256, LARGEST_FILE);
  }

  /// The same for a file of which the size is known.
  ///
  /// @param most bytes; a longer file is given up when so many have arrived
  public void download(Request request, Path target, String sha256, long most) {
    new Download(this, target, Optional.of(sha256), most).from(request);
  }

  /// The same for content of which nothing is known before.
  ///
  /// @param most bytes; a longer file is given up when so many have arrived
  /// @return its SHA-256, 64 lower-case hex digits
  /// @throws Failure as [#download(Request, Path, String)]
  public String download(Request request, Path target, long most) {
    return new Download(this, target, Optional.empty(), most).from(request);
  }

  private Failure givenUp(URI uri, int attempts, String why, IOException cause) {
    return NetworkFailure.givenUp(uri, attempts, why, exchange.proxyFor(uri), cause);
  }

  private static void pause(Request request, Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw interrupted(request, e);
    }
  }

  private static Cancelled interrupted(Request request, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Cancelled("was cancelled", Redacted.url(request.uri()), "", "", e);
  }
}
