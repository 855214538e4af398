package dev.ansiblevenv.core.net;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// How often and how patiently a request is tried again.
///
/// @param attempts in all, at least one
/// @param firstWait before the second attempt; doubles from then on, and each wait is spread over
///   50 to 100 % of itself so that many clients do not come back together
/// @param longestWait no wait is longer, and a server that asks for a longer one is taken at its
///   word as being unavailable
public record RetryPolicy(
    int attempts, Duration firstWait, Duration longestWait, RandomGenerator random, Clock clock) {

  public static RetryPolicy standard() {
    return new RetryPolicy(
        4,
        Duration.ofMillis(500),
        Duration.ofSeconds(30),
        () -> ThreadLocalRandom.current().nextLong(),
        Clock.systemUTC());
  }

  /// The wait after `attempt` attempts (1-based) failed without the server naming a time.
  public Duration wait(int attempt) {
    var full = firstWait.multipliedBy(1L << Math.min(attempt - 1, 16));
    var bounded = full.compareTo(longestWait) > 0 ? longestWait : full;
    var nanos = bounded.toNanos();
    return Duration.ofNanos(nanos / 2 + (nanos < 2 ? 0 : random.nextLong(nanos / 2 + 1)));
  }

  /// The wait that the server asks for, as [RFC
  /// 9110](https://www.rfc-editor.org/rfc/rfc9110#field.retry-after) writes it: seconds or a date.
  Optional<Duration> askedFor(HttpHeaders headers) {
    return headers.firstValue("Retry-After").map(String::strip).flatMap(this::parse);
  }

  private Optional<Duration> parse(String value) {
    try {
      if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
      }
      var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      var wait = Duration.between(clock.instant(), until.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
