package dev.ansiblevenv.core.lock;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version of a Python package, ordered as [PEP
/// 440](https://packaging.python.org/en/latest/specifications/version-specifiers/) orders them.
///
/// @param pre letter and number of a pre-release; null for none
/// @param local its parts; empty for none
record PythonVersion(
    BigInteger epoch,
    List<BigInteger> release,
    @Nullable Pre pre,
    @Nullable BigInteger post,
    @Nullable BigInteger dev,
    List<String> local)
    implements Comparable<PythonVersion> {

  private static final Pattern FORM =
      Pattern.compile(
          "v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)"
              + "(?:[-_.]?(?<letter>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>[0-9]+)?)?"
              + "(?<post>-(?<bare>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<number>[0-9]+)?)?"
              + "(?<dev>[-_.]?dev[-_.]?(?<devnumber>[0-9]+)?)?"
              + "(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  /// @param letter `a`, `b` or `rc`
  record Pre(String letter, BigInteger number) implements Comparable<Pre> {

    @Override
    public int compareTo(Pre other) {
      var order = letter.compareTo(other.letter);
      return order == 0 ? number.compareTo(other.number) : order;
    }
  }

  /// @return empty when the text is no version
  static Optional<PythonVersion> parse(String text) {
    var form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    var letter = form.group("letter");
    var bare = form.group("bare");
    return Optional.of(
        new PythonVersion(
            number(form.group("epoch")),
            Arrays.stream(form.group("release").split("\\.")).map(BigInteger::new).toList(),
            letter == null ? null : new Pre(canonical(letter), number(form.group("pre"))),
            form.group("post") == null ? null : number(bare == null ? form.group("number") : bare),
            form.group("dev") == null ? null : number(form.group("devnumber")),
            form.group("local") == null
                ? List.of()
                : List.of(form.group("local").split("[-_.]", -1))));
  }

  private static BigInteger number(@Nullable String digits) {
    return digits == null ? BigInteger.ZERO : new BigInteger(digits);
  }

  private static String canonical(String letter) {
    return switch (letter) {
      case "a", "alpha" -> "a";
      case "b", "beta" -> "b";
      default -> "rc";
    };
  }

  boolean isPreRelease() {
    return pre != null || dev != null;
  }

  PythonVersion withoutLocal() {
    return new PythonVersion(epoch, release, pre, post, dev, List.of());
  }

  /// Its earliest development release, which comes before all its pre-releases.
  PythonVersion firstDevelopment() {
    return new PythonVersion(epoch, release, pre, post, BigInteger.ZERO, List.of());
  }

  /// What comes next after a development or post-release; empty for any other version.
  Optional<PythonVersion> nextOfItsKind() {
    if (dev != null) {
      var later = dev.add(BigInteger.ONE);
      return Optional.of(new PythonVersion(epoch, release, pre, post, later, List.of()));
    }
    return post == null
        ? Optional.empty()
        : Optional.of(
            new PythonVersion(
                epoch, release, pre, post.add(BigInteger.ONE), BigInteger.ZERO, List.of()));
  }

  /// Whether both are the same, but for what was published after the one or the other.
  boolean isOfSameRelease(PythonVersion other) {
    return epoch.equals(other.epoch)
        && compareReleases(release, other.release) == 0
        && Objects.equals(pre, other.pre);
  }

  boolean beginsWith(PythonVersion prefix, int numbers) {
    var own = new ArrayList<>(release);
    while (own.size() < numbers) {
      own.add(BigInteger.ZERO);
    }
    return epoch.equals(prefix.epoch)
        && own.subList(0, numbers).equals(prefix.release.subList(0, numbers));
  }

  @Override
  public int compareTo(PythonVersion other) {
    int[] orders = {
      epoch.compareTo(other.epoch),
      compareReleases(release, other.release),
      comparePre(other),
      compare(post, other.post, -1),
      compare(dev, other.dev, 1),
      compareLocals(local, other.local)
    };
    return Arrays.stream(orders).filter(order -> order != 0).findFirst().orElse(0);
  }

  /// A development release of a final release comes before its pre-releases.
  private int comparePre(PythonVersion other) {
    var rank = Integer.compare(preRank(), other.preRank());
    return rank != 0 || pre == null || other.pre == null ? rank : pre.compareTo(other.pre);
  }

  private int preRank() {
    if (pre != null) {
      return 0;
    }
    return post == null && dev != null ? -1 : 1;
  }

  /// @param missing where one that is not there stands: -1 before all others, 1 behind
  private static int compare(@Nullable BigInteger a, @Nullable BigInteger b, int missing) {
    if (a == null) {
      return b == null ? 0 : missing;
    }
    return b == null ? -missing : a.compareTo(b);
  }

  private static int compareReleases(List<BigInteger> a, List<BigInteger> b) {
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      var order = part(a, i).compareTo(part(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static BigInteger part(List<BigInteger> release, int index) {
    return index < release.size() ? release.get(index) : BigInteger.ZERO;
  }

  private static int compareLocals(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      var order = compareLocal(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /// Numbers come behind words.
  private static int compareLocal(String a, String b) {
    var numbers = a.matches("[0-9]+") ? 1 : 0;
    var others = b.matches("[0-9]+") ? 1 : 0;
    if (numbers != others) {
      return Integer.compare(numbers, others);
    }
    return numbers == 1 ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }
}
