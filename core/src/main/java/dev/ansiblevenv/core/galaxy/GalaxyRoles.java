package dev.ansiblevenv.core.galaxy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One server's v1 API, which has roles, as `ansible-galaxy role install` asks it.
public final class GalaxyRoles {

  private static final String GITHUB = "https://github.com/";

  private final GalaxyClient client;

  public GalaxyRoles(GalaxyClient client) {
    this.client = client;
  }

  /// A role in one version.
  ///
  /// @param version as the server calls it; the default branch of a role without versions
  /// @param download of a tarball
  public record Found(String version, URI download) {}

  /// @param name `owner.name`
  /// @param version empty for the newest
  /// @param because who asks for it, for errors
  /// @throws Unresolvable when the server does not have it, or versions cannot be compared
  /// @throws InvalidInput when the name has no owner
  public Found find(String name, String version, String because) {
    var dot = name.lastIndexOf('.');
    if (dot <= 0) {
      throw new InvalidInput(
          "is not a role on Galaxy: `" + name + "`",
          because,
          "its name must be `owner.name`",
          "name its repository as `src`, or put the role on the roles path");
    }
    var role = role(name.substring(0, dot), name.substring(dot + 1), name, because);
    var versions = versions(String.valueOf(role.get("id")));
    var chosen = version.isEmpty() ? newest(versions, role, name, because) : version;
    var listed = versions.stream().filter(each -> chosen.equals(each.get("name"))).findFirst();
    if (!version.isEmpty()
        && !version.equals("master")
        && !versions.isEmpty()
        && listed.isEmpty()) {
      throw new Unresolvable(
          "the role " + name + " has no version `" + version + "`",
          because,
          "there are: " + names(versions),
          "ask for one of them");
    }
    var download =
        listed
            .map(each -> each.get("download_url"))
            .map(String::valueOf)
            .orElseGet(() -> archive(role, chosen));
    return new Found(chosen, client.server().url().resolve(download));
  }

  private static String archive(Map<String, Object> role, String version) {
    return GITHUB
        + encoded(String.valueOf(role.get("github_user")))
        + "/"
        + encoded(String.valueOf(role.get("github_repo")))
        + "/archive/"
        + encoded(version)
        + ".tar.gz";
  }

  private Map<String, Object> role(String owner, String role, String name, String because) {
    var query = "roles/?owner__username=" + encoded(owner) + "&name=" + encoded(role);
    return results(client.api("v1").resolve(query)).stream()
        .findFirst()
        .orElseThrow(() ->
            new Unresolvable(
                "there is no role " + name,
                because,
                "the Galaxy server " + client.server() + " does not have it",
                "check its name"));
  }

  private List<Map<String, Object>> versions(String id) {
    return results(client.api("v1").resolve("roles/" + encoded(id) + "/versions/?page_size=50"));
  }

  /// All pages.
  private List<Map<String, Object>> results(URI first) {
    var all = new ArrayList<Map<String, Object>>();
    for (@Nullable URI next = first; next != null; ) {
      var at = next;
      var page =
          client
              .get(at, (_, body) -> page(body))
              .orElseThrow(() -> GalaxyClient.failed(at, "it answers 404", ""));
      all.addAll(page.results);
      next = page.next == null ? null : client.server().url().resolve(page.next);
    }
    return all;
  }

  private static Page page(InputStream body) throws IOException {
    var page = JSON.std.mapFrom(body);
    if (!(page.get("results") instanceof List<?> list)) {
      throw new IOException("the answer has no list of results");
    }
    var results = new ArrayList<Map<String, Object>>();
    for (var each : list) {
      if (each instanceof Map<?, ?> map) {
        results.add(
            map.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(
                    Collectors.toMap(
                        entry -> String.valueOf(entry.getKey()),
                        entry -> Objects.requireNonNull((Object) entry.getValue()))));
      }
    }
    return new Page(results, page.get("next_link") instanceof String link ? link : null);
  }

  private static String newest(
      List<Map<String, Object>> versions, Map<String, Object> role, String name, String because) {
    if (versions.isEmpty()) {
      return role.get("github_branch") instanceof String branch && !branch.isEmpty()
          ? branch
          : "master";
    }
    try {
      return versions.stream()
          .map(each -> new LooseVersion(String.valueOf(each.getOrDefault("name", ""))))
          .sorted()
          .toList()
          .getLast()
          .text();
    } catch (ClassCastException e) {
      throw new Unresolvable(
          "the newest version of the role " + name + " is not known",
          because,
          "its versions cannot be compared: " + names(versions),
          "ask for one of them",
          e);
    }
  }

  private static String names(List<Map<String, Object>> versions) {
    return versions.stream()
        .map(each -> String.valueOf(each.getOrDefault("name", "")))
        .collect(Collectors.joining(", "));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record Page(List<Map<String, Object>> results, @Nullable String next) {}
}
