package dev.ansiblevenv.core.tool;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.ansiblevenv.core.net.Http;
import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.core.net.Reply;
import dev.ansiblevenv.core.net.Request;
import dev.ansiblevenv.diagnostic.Unresolvable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds one file of a project on the configured indexes, in JSON ([PEP
/// 691](https://peps.python.org/pep-0691/)) or HTML ([PEP 503](https://peps.python.org/pep-0503/)).
final class SimpleIndex {

  private static final String ACCEPTED =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
          + " text/html;q=0.1";

  private static final Pattern ANCHOR =
      Pattern.compile(
          "<a\\s[^>]*?href\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')[^>]*>", Pattern.CASE_INSENSITIVE);

  private final Http http;
  private final PackageIndexes indexes;

  SimpleIndex(Http http, PackageIndexes indexes) {
    this.http = http;
    this.indexes = indexes;
  }

  /// How to fetch the file, from the first index that has it.
  ///
  /// @throws Unresolvable when none has it, or one refuses to answer
  Request locate(String project, String fileName) {
    for (var index : indexes.all()) {
      var page = page(index, project);
      var file = page.flatMap(reply -> links(reply, fileName));
      if (file.isPresent()) {
        return index.request(file.get());
      }
    }
    var asked = indexes.all().stream().map(PackageIndex::toString).toList();
    throw new Unresolvable(
        "is on none of the configured Python indexes",
        fileName,
        "asked: " + String.join(", ", asked),
        "put a fitting `"
            + project
            + "` on PATH, or name an index that has it in UV_DEFAULT_INDEX");
  }

  private Optional<Reply> page(PackageIndex index, String project) {
    var reply = http.get(index.request(index.project(project)).with("Accept", ACCEPTED));
    if (reply.status() == 404 || reply.status() == 410) {
      return Optional.empty();
    }
    if (!reply.ok()) {
      throw new Unresolvable(
          "does not answer as a Python index",
          Redacted.url(index.project(project)),
          "the server answers " + reply.status() + " (index from " + index.origin() + ")",
          reply.status() == 401 || reply.status() == 403
              ? "give a login in the index's URL or in ~/.netrc"
              : "check the index's URL");
    }
    return Optional.of(reply);
  }

  private static Optional<URI> links(Reply page, String fileName) {
    var type = page.headers().firstValue("Content-Type").orElse("");
    var links = type.contains("json") ? json(page) : html(page);
    return links.stream()
        .flatMap(link -> resolved(page.uri(), link).stream())
        .filter(uri -> fileName.equals(lastSegment(uri)))
        .findFirst();
  }

  private static List<String> json(Reply page) {
    try {
      if (JSON.std.anyFrom(page.text()) instanceof Map<?, ?> root
          && root.get("files") instanceof List<?> files) {
        return files.stream()
            .map(file -> file instanceof Map<?, ?> entry ? entry.get("url") : null)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList();
      }
    } catch (IOException e) {
      throw malformed(page, e);
    }
    throw malformed(page, null);
  }

  private static List<String> html(Reply page) {
    return ANCHOR
        .matcher(page.text())
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .map(href -> href.replace("&amp;", "&"))
        .toList();
  }

  private static Optional<URI> resolved(URI page, String link) {
    try {
      return Optional.of(page.resolve(link));
    } catch (IllegalArgumentException e) {
      // A link that is no URL cannot be the file; others on the page still may.
      return Optional.empty();
    }
  }

  private static String lastSegment(URI uri) {
    var path = uri.getPath() == null ? "" : uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Unresolvable malformed(Reply page, @Nullable Throwable e) {
    return new Unresolvable(
        "does not answer as a Python index",
        Redacted.url(page.uri()),
        "the page is not what PEP 691 says",
        "check the index's URL",
        e);
  }
}
