package dev.ansiblevenv.analysis.playbook;

import java.util.Arrays;

/// Where something has to be importable: where Ansible itself runs, on the host that it manages, or
/// on both, also when only a run can tell.
public enum Side {
  CONTROL("control"),
  MANAGED_NODE("managed-node"),
  BOTH("both");

  private final String word;

  Side(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /// @param word one of those of the sides
  public static Side of(String word) {
    return Arrays.stream(values()).filter(side -> side.word.equals(word)).findFirst().orElseThrow();
  }

  public Side and(Side other) {
    return this == other ? this : BOTH;
  }
}
