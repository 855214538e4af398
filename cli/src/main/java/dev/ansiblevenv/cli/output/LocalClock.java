package dev.ansiblevenv.cli.output;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// The time of this machine. Unlike [Clock#systemDefaultZone()] it asks for the time zone only when
/// someone wants to know: most commands never do, and the JDK reads the rules of all zones first.
public final class LocalClock extends Clock {

  @Override
  public ZoneId getZone() {
    return ZoneId.systemDefault();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.system(zone);
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }
}
