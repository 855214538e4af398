package dev.ansiblevenv.core.session;

import dev.ansiblevenv.core.agent.Message;
import dev.ansiblevenv.core.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// From the agent's messages to what a host holds.
final class ListingReader {

  private ListingReader() {}

  static HostListing listing(Message message) {
    return new HostListing(
        message.objects("venvs").stream().map(ListingReader::venv).toList(),
        message.objects("runs").stream().map(ListingReader::run).toList(),
        message.instant("now"));
  }

  static Verification verification(Message message) {
    return new Verification(
        Verification.Status.valueOf(message.text("status").toUpperCase(Locale.ROOT)),
        message.texts("problems"));
  }

  static Removal removal(Message message) {
    return new Removal(
        message.flag("link"),
        message.flag("environment"),
        message.flag("in_use"),
        message.text("reason"));
  }

  static List<Garbage> garbage(Message message) {
    return message.objects("items").stream()
        .map(item ->
            new Garbage(
                item.text("kind"),
                item.text("path"),
                item.number("bytes").longValue(),
                item.text("reason")))
        .toList();
  }

  private static VenvListing venv(Message venv) {
    return new VenvListing(
        venv.text("name"),
        venv.text("path"),
        venv.text("digest"),
        venv.text("lock"),
        venv.flag("healthy"),
        venv.text("problem"),
        venv.text("python"),
        venv.text("ansible_core"),
        venv.instant("created"),
        venv.number("bytes").longValue(),
        Duration.ofMillis(Math.round(venv.number("built_in").doubleValue() * 1000)));
  }

  static RunListing run(Message run) {
    return new RunListing(
        new RunId(run.text("run")),
        run.text("status"),
        run.number("rc").intValue(),
        run.text("playbook"),
        run.text("venv"),
        run.instant("started"),
        run.fields().containsKey("ended") ? Optional.of(run.instant("ended")) : Optional.empty(),
        run.number("files_written").intValue());
  }
}
