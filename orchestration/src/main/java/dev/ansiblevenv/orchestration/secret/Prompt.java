package dev.ansiblevenv.orchestration.secret;

/// Asks the person at the terminal.
@FunctionalInterface
public interface Prompt {

  /// What is typed, without its line break, in UTF-8. It is not shown.
  ///
  /// @param text such as `Vault password: `
  /// @throws dev.ansiblevenv.diagnostic.UsageFailure when there is no terminal
  /// @throws dev.ansiblevenv.diagnostic.Cancelled when the thread is interrupted
  byte[] ask(String text);
}
