package dev.ansiblevenv.orchestration.secret;

/// Asks the person at the terminal.
public interface Prompt {

  /// What is typed, without its line break, in UTF-8. It is not shown.
  ///
  /// @param text such as `Vault password: `
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when there is no terminal
  /// @throws dev.ansiblevenv.diagnostic.Cancelled when the thread is interrupted
  default byte[] ask(String text) {
    return ask(text, false);
  }

  /// The same.
  ///
  /// @param shown whether what is typed is shown
  byte[] ask(String text, boolean shown);

  /// Whether standard input is a terminal: only then does Ansible ask for variables.
  boolean isInteractive();

  /// Shows a line at the terminal.
  void tell(String text);
}
