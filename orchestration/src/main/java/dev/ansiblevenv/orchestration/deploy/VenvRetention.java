package dev.ansiblevenv.orchestration.deploy;

import dev.ansiblevenv.core.session.HostListing;
import dev.ansiblevenv.core.session.RunListing;
import dev.ansiblevenv.core.session.VenvListing;
import dev.ansiblevenv.orchestration.spec.SpecStorage;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;
import dev.ansiblevenv.orchestration.tracking.InstalledVenv;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which venvs of a host record may go: those that the host has lost, whose spec or profile is
/// gone, or that the policy lets go. One in which something runs stays.
final class VenvRetention {

  private final SpecStorage specs;
  private final HostListing listing;
  private final CleanupRequest policy;
  private final Map<String, Integer> newer = new HashMap<>();

  VenvRetention(SpecStorage specs, HostListing listing, CleanupRequest policy) {
    this.specs = specs;
    this.listing = listing;
    this.policy = policy;
  }

  /// @param onHost whether the host has it
  record Going(String venv, boolean onHost, String reason) {}

  /// Newest first.
  List<Going> goingOf(List<InstalledVenv> venvs) {
    var going = new ArrayList<Going>();
    venvs.stream()
        .sorted(Comparator.comparing(this::currentSince).reversed())
        .forEach(venv -> {
          var onHost =
              listing.venvs().stream().map(VenvListing::name).anyMatch(venv.name()::equals);
          var reason = onHost ? reason(venv) : Optional.of("the host does not have it");
          reason.ifPresent(why -> going.add(new Going(venv.name(), onHost, why)));
        });
    return going;
  }

  /// Why a venv may go; empty when it stays.
  private Optional<String> reason(InstalledVenv venv) {
    var runs = listing.runs().stream().filter(run -> run.venv().equals(venv.name())).toList();
    var isProfile = specs.profile(venv.name()).isPresent();
    var spec = isProfile ? Optional.<String>empty() : playbook(venv.name());
    int place = spec.map(playbook -> newer.merge(playbook, 1, Integer::sum)).orElse(0);
    if (runs.stream().anyMatch(run -> run.status().equals("running"))) {
      return Optional.empty();
    }
    if (!isProfile && spec.isEmpty()) {
      return Optional.of("neither a spec nor a profile has its name");
    }
    var most = policy.keepPerPlaybook();
    if (most.isPresent() && place > most.get()) {
      return Optional.of(
          most.get()
              + " newer "
              + (most.get() == 1 ? "one" : "ones")
              + " of "
              + spec.get()
              + (most.get() == 1 ? " stays" : " stay"));
    }
    var lastUse = lastUse(venv, runs);
    return policy
        .unusedFor()
        .filter(limit -> lastUse.isBefore(listing.now().minus(limit)))
        .map(limit -> "unused for " + inWords(Duration.between(lastUse, listing.now())));
  }

  private static String inWords(Duration time) {
    return time.toDays() < 2 ? time.toHours() + " hours" : time.toDays() + " days";
  }

  /// A venv that an edit and its reversal came back to is as new as that.
  private LocalDateTime currentSince(InstalledVenv venv) {
    return specs
        .find(venv.name())
        .map(VenvSpecification::currentSince)
        .filter(venv.installedDate()::isBefore)
        .orElse(venv.installedDate());
  }

  private Optional<String> playbook(String venv) {
    return specs.find(venv).map(spec -> spec.sourcePlaybook());
  }

  private Optional<Instant> created(String venv) {
    return listing.venvs().stream()
        .filter(each -> each.name().equals(venv))
        .map(VenvListing::created)
        .findFirst();
  }

  /// By the clock of the host, which need not agree with ours.
  private Instant lastUse(InstalledVenv venv, List<RunListing> runs) {
    return runs.stream()
        .map(RunListing::started)
        .max(Comparator.naturalOrder())
        .or(() -> created(venv.name()))
        .orElse(listing.now());
  }
}
