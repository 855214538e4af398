package dev.ansiblevenv.analysis.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneOffset;

/// Which keys are one key to a Python dictionary: `1`, `1.0` and `true` are.
final class PythonKey {

  private PythonKey() {}

  /// An object whose `equals` and `hashCode` are those that Python has for the value.
  static Object of(Value key) {
    // Nearly all keys are text, and a pattern switch is linked anew at each start.
    return key instanceof Value.Text(var text, _) ? text : ofRareKey(key);
  }

  private static Object ofRareKey(Value key) {
    return switch (key) {
      case Value.Bool(var value) -> value ? BigInteger.ONE : BigInteger.ZERO;
      case Value.Int(var value) -> value;
      case Value.Real(var value) -> number(value);
      case Value.Time(var value, var zone) when zone != null ->
          value.minusMinutes(zone).atOffset(ZoneOffset.UTC);
      default -> key;
    };
  }

  private static Object number(double value) {
    if (Double.isNaN(value)) {
      return new Object();
    }
    if (Double.isInfinite(value) || value != Math.rint(value)) {
      return value;
    }
    return new BigDecimal(value).toBigInteger();
  }
}
