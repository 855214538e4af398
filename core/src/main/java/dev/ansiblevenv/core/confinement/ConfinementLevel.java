package dev.ansiblevenv.core.confinement;

/// What keeps a program from the rest of the machine, the best first.
public enum ConfinementLevel {

  /// Namespaces and a file system of its own, made by bubblewrap.
  BUBBLEWRAP("bubblewrap"),
  /// Namespaces, Landlock and a filter of system calls, set up by the program's own Python.
  NAMESPACES("Landlock and namespaces"),
  /// The same where the kernel gives no namespaces: other processes are visible, and the scratch
  /// directory is on the disk.
  LANDLOCK("Landlock"),
  /// Limits of time, memory and processes only.
  NONE("none");

  private final String text;

  ConfinementLevel(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
