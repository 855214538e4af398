package dev.ansiblevenv.analysis.yaml;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value as Ansible has it after loading a YAML file: typed, aliases replaced, keys merged.
/// Immutable once [Values#of] has returned.
public sealed interface Value {

  record Null() implements Value {}

  record Bool(boolean value) implements Value {}

  record Int(BigInteger value) implements Value {}

  record Real(double value) implements Value {}

  /// @param template whether Ansible may find a template in it: false inside `!unsafe`
  record Text(String value, boolean template) implements Value {}

  /// @param ciphertext the `$ANSIBLE_VAULT;…` text
  record Vault(String ciphertext) implements Value {

    /// What it begins with, and what a file begins with that is encrypted as a whole.
    public static final String HEADER = "$ANSIBLE_VAULT;";
  }

  /// @param base64 the bytes, in base64 without line breaks
  record Binary(String base64) implements Value {}

  record Date(LocalDate value) implements Value {}

  /// @param zone minutes east of UTC, null where none is written
  record Time(LocalDateTime value, @Nullable Integer zone) implements Value {}

  record Sequence(List<Value> items) implements Value {}

  /// @param entries in the order in which Ansible sees them; no two keys are equal
  record Mapping(List<Entry> entries) implements Value {}

  /// `!!set`. Ansible sees no particular order.
  record Distinct(List<Value> items) implements Value {}

  /// One entry of an `!!omap` or `!!pairs`.
  record Pair(Value first, Value second) implements Value {}

  /// One entry of a mapping.
  record Entry(Value key, Value value) {}
}
