package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.core.host.HostFacts;
import dev.ansiblevenv.core.host.HostPython;

/// From the agent's message to facts.
final class FactsReader {

  private FactsReader() {}

  static HostFacts facts(Message message) {
    return new HostFacts(
        python(message.object("agent_python")),
        message.text("system"),
        message.text("machine"),
        message.text("libc"),
        message.text("libc_version"),
        message.text("hostname"),
        message.text("user"),
        message.text("home"),
        message.text("store"),
        message.text("venvs"),
        message.number("free_bytes").longValue(),
        message.text("boot_id"),
        message.objects("pythons").stream().map(FactsReader::python).toList());
  }

  private static HostPython python(Message message) {
    return new HostPython(message.text("path"), message.text("version"));
  }
}
