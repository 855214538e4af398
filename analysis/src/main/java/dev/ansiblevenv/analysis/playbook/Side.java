package dev.ansiblevenv.analysis.playbook;

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

  public Side and(Side other) {
    return this == other ? this : BOTH;
  }
}
