package dev.ansiblevenv.core.host;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Where and how the OpenSSH client is to connect. What is left out, the user's own `~/.ssh/config`
/// decides, as it does when they type `ssh NAME`.
///
/// @param name as the user calls the host; for messages
/// @param address what `ssh` is given: a name, an alias of the user's configuration, or an address
/// @param user empty for the configured one
/// @param identityFile path of a private key; empty for the configured ones
/// @param arguments further arguments of `ssh`, such as `-o ProxyJump=bastion`
public record SshDestination(
    String name,
    String address,
    OptionalInt port,
    String user,
    String identityFile,
    List<String> arguments) {

  public SshDestination {
    arguments = List.copyOf(arguments);
    if (address.startsWith("-") || user.startsWith("-")) {
      throw new IllegalArgumentException("would be taken for an option of ssh");
    }
  }

  public SshDestination(String name) {
    this(name, name, OptionalInt.empty(), "", "", List.of());
  }

  /// The same host, reached by a command instead of what is configured.
  ///
  /// @param proxyCommand a line for a shell
  SshDestination behind(String proxyCommand) {
    var all = new ArrayList<>(List.of("-o", "ProxyCommand=" + proxyCommand));
    all.addAll(new SshArguments(arguments).withoutJumpHost());
    return new SshDestination(name, address, port, user, identityFile, all);
  }

  /// The options that say how to connect. The first value of an option counts, so what a caller
  /// puts before these cannot be overridden by them.
  List<String> options() {
    var all = new ArrayList<String>();
    port.ifPresent(number -> all.addAll(List.of("-p", String.valueOf(number))));
    if (!user.isEmpty()) {
      all.addAll(List.of("-l", user));
    }
    if (!identityFile.isEmpty()) {
      all.addAll(List.of("-i", identityFile));
    }
    all.addAll(arguments);
    return all;
  }
}
