package dev.ansiblevenv.analysis.catalogue;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of plugins, and the directory beside a playbook or in a role where Ansible looks for
/// one's own: see [adding plugins
/// locally](https://docs.ansible.com/ansible/latest/dev_guide/developing_locally.html). Modules and
/// action plugins are one kind: they share their names.
public enum PluginKind {
  MODULE("module", "library"),
  FILTER("filter", "filter_plugins"),
  TEST("test", "test_plugins"),
  LOOKUP("lookup", "lookup_plugins"),
  CONNECTION("connection", "connection_plugins"),
  BECOME("become", "become_plugins"),
  STRATEGY("strategy", "strategy_plugins"),
  CALLBACK("callback", "callback_plugins"),
  CACHE("cache", "cache_plugins"),
  INVENTORY("inventory", "inventory_plugins"),
  VARS("vars", "vars_plugins"),
  SHELL("shell", "shell_plugins"),
  CLICONF("cliconf", "cliconf_plugins"),
  HTTPAPI("httpapi", "httpapi_plugins"),
  NETCONF("netconf", "netconf_plugins"),
  TERMINAL("terminal", "terminal_plugins");

  private final String word;
  private final String directory;

  PluginKind(String word, String directory) {
    this.word = word;
    this.directory = directory;
  }

  public String word() {
    return word;
  }

  public String directory() {
    return directory;
  }

  public static Optional<PluginKind> ofWord(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
