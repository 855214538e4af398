package dev.ansiblevenv.core.wheel;

import dev.ansiblevenv.core.lock.Lock;
import dev.ansiblevenv.core.lock.PythonPackages;
import dev.ansiblevenv.core.lock.PythonPackages.Wheel;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.util.ArrayList;
import java.util.List;

/// Which wheels of a lock make an environment on a platform: of every package that applies there
/// the one that fits best.
public final class WheelChoice {

  private WheelChoice() {}

  /// @return in the lock's order
  /// @throws Unresolvable when a package has no wheel that fits: a host without an index has
  ///   nothing to build one from
  public static List<Wheel> of(Lock lock, PythonPlatform platform) {
    var tags = WheelTags.of(platform);
    var chosen = new ArrayList<Wheel>();
    var without = new ArrayList<String>();
    for (var each : PythonPackages.of(lock).packages()) {
      if (Marker.mayHold(each.marker(), platform)) {
        tags.best(each.wheels(), Wheel::file)
            .ifPresentOrElse(chosen::add, () -> without.add(each.name() + " " + each.version()));
      }
    }
    if (!without.isEmpty()) {
      throw new Unresolvable(
          "there is no wheel for the host's platform",
          String.join(", ", without),
          "the platform is " + platform + ", and a package cannot be built without an index",
          "lock another version of it, or deploy without --push");
    }
    return List.copyOf(chosen);
  }
}
