package dev.ansiblevenv.cli;

import java.util.HashMap;
import java.util.Map;

/// The environment that the caller's shell gave, without what the launcher added for Java.
final class CallersEnvironment {

  private static final String SAVED = "ANSIBLE_VENV_CALLERS_LC_ALL";
  private static final String LOCALE = "LC_ALL";

  private CallersEnvironment() {}

  static Map<String, String> of(Map<String, String> inherited) {
    var saved = inherited.get(SAVED);
    if (saved == null) {
      return inherited;
    }
    var environment = new HashMap<>(inherited);
    environment.remove(SAVED);
    if (saved.isEmpty()) {
      environment.remove(LOCALE);
    } else {
      environment.put(LOCALE, saved);
    }
    return Map.copyOf(environment);
  }
}
