package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.core.galaxy.GalaxyClient;
import dev.ansiblevenv.core.galaxy.GalaxyClients;
import dev.ansiblevenv.core.galaxy.GalaxyRoles;
import dev.ansiblevenv.core.git.GitAddress;
import dev.ansiblevenv.core.git.GitClones;
import dev.ansiblevenv.core.net.Credentials;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.net.URI;
import java.nio.file.Path;

/// From a requirement to one exact content of a role, fetched from where [`ansible-galaxy role
/// install`](https://docs.ansible.com/ansible/latest/galaxy/user_guide.html#installing-roles) would
/// fetch it. Dependencies are requirements of their own.
public final class RoleLocker {

  private final GalaxyClients galaxy;
  private final FetchedRoles fetched;

  /// @param cache where [RoleStore] finds what was fetched
  public RoleLocker(Path cache, GalaxyClients galaxy, GitClones git) {
    this.galaxy = galaxy;
    this.fetched = new FetchedRoles(new CacheDirectory(cache), git, galaxy.http());
  }

  /// @throws Unresolvable when it is not to be had, or has not the version asked for
  /// @throws InvalidInput when the requirement is none, or what it names is no role
  public LockedRole lock(RoleRequirement role) {
    if (!role.name().matches("[A-Za-z0-9_][\\w.+-]*")) {
      throw new InvalidInput(
          "is not a role's name: `" + role.name() + "`", role.because(), "", "give it a `name`");
    }
    return switch (role.scm()) {
      case "git" -> {
        var address = GitAddress.parse(role.source(), role.version(), role.because());
        yield fetched.at(address, role);
      }
      case "" -> role.source().contains("://") ? byUrl(role) : onGalaxy(role);
      default ->
          throw new Unresolvable(
              "cannot fetch the role " + role.name(),
              role.because(),
              "it is in a repository of `" + role.scm() + "`, and only git is supported",
              "put the role into the project");
    };
  }

  private LockedRole byUrl(RoleRequirement role) {
    try {
      var url = URI.create(role.source());
      if (url.getHost() != null
          && url.getScheme().matches("https?")
          && Credentials.in(url).isEmpty()) {
        return fetched.at(url, "", url.toString(), role);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one error.
    }
    throw new InvalidInput(
        "cannot be the address of a role: `" + Redacted.text(role.source()) + "`",
        role.because(),
        "it must be an http or https URL without a login in it",
        "give the login in ~/.netrc");
  }

  private LockedRole onGalaxy(RoleRequirement role) {
    var client =
        galaxy.configured().stream()
            .filter(GalaxyClient::hasRoles)
            .findFirst()
            .orElseThrow(() ->
                new Unresolvable(
                    "cannot fetch the role " + role.name(),
                    role.because(),
                    "none of the configured Galaxy servers has roles",
                    "name its repository as `src`"));
    var found = new GalaxyRoles(client).find(role.source(), role.version(), role.because());
    return fetched.at(found.download(), found.version(), client.server().url().toString(), role);
  }
}
