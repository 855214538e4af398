package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.run.Inventory;
import dev.ansiblevenv.core.run.RunLimits;
import dev.ansiblevenv.core.run.RunOptions;
import dev.ansiblevenv.core.run.RunRequest;
import dev.ansiblevenv.core.run.RunSecrets;
import java.util.Map;

/// A request like another one, but for what is said here.
final class VariedRequest {

  private final RunRequest request;
  private String venv;
  private Inventory inventory;
  private Map<String, ?> extraVars;
  private RunSecrets secrets;
  private RunOptions options;
  private RunLimits limits;
  private RunRequest.Terminal terminal;
  private boolean warm;

  VariedRequest(RunRequest request) {
    this.request = request;
    venv = request.venv();
    inventory = request.inventory();
    extraVars = request.extraVars();
    secrets = request.secrets();
    options = request.options();
    limits = request.limits();
    terminal = request.terminal();
    warm = request.warm();
  }

  VariedRequest venv(String name) {
    venv = name;
    return this;
  }

  VariedRequest inventory(Inventory seen) {
    inventory = seen;
    return this;
  }

  VariedRequest extraVars(Map<String, ?> variables) {
    extraVars = variables;
    return this;
  }

  VariedRequest secrets(RunSecrets handed) {
    secrets = handed;
    return this;
  }

  VariedRequest options(RunOptions said) {
    options = said;
    return this;
  }

  VariedRequest limits(RunLimits allowed) {
    limits = allowed;
    return this;
  }

  VariedRequest terminal(int columns, boolean colour) {
    terminal = new RunRequest.Terminal(columns, colour);
    return this;
  }

  /// Somebody answers what the run asks.
  VariedRequest answered() {
    terminal = new RunRequest.Terminal(terminal.columns(), terminal.colour(), true);
    return this;
  }

  VariedRequest warm(boolean wanted) {
    warm = wanted;
    return this;
  }

  RunRequest get() {
    return new RunRequest(
        request.id(),
        venv,
        request.lockDigest(),
        request.project(),
        inventory,
        extraVars,
        secrets,
        options,
        limits,
        request.forwardsAgent(),
        terminal,
        request.sslCertFile(),
        warm,
        request.settings());
  }
}
