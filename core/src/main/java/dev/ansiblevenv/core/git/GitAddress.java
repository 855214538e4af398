package dev.ansiblevenv.core.git;

import dev.ansiblevenv.core.net.Redacted;
import dev.ansiblevenv.diagnostic.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A repository, a directory in it and what to check out, written as [ansible-galaxy writes
/// it](https://docs.ansible.com/ansible/latest/collections_guide/collections_installing.html#installing-a-collection-from-a-git-repository):
/// `git+https://host/repository.git#/directory,ref`. Nothing in it can become an option of git.
///
/// @param url https, http, ssh, git or file, or `user@host:path`; without a login
/// @param directory in the repository, with `/`; empty for its root
/// @param ref branch, tag or commit; `HEAD` for the default branch
public record GitAddress(String url, String directory, String ref) {

  /// The default branch, whatever it is called.
  public static final String HEAD = "HEAD";

  /// No host's name begins with a dash: to ssh it would be an option.
  private static final Pattern URL =
      Pattern.compile(
          "(?:https?|ssh|git)://(?![^/]*@-)[^-\\s\\p{Cntrl}/][^\\s\\p{Cntrl}]*|file:///[^\\s\\p{Cntrl}]+");

  private static final Pattern SECURE_COPY =
      Pattern.compile(
          "[A-Za-z0-9_][\\w.-]*@[A-Za-z0-9][\\w.-]*:[^-\\s\\p{Cntrl}][^\\s\\p{Cntrl}]*");

  /// A password, and for http any login: over ssh a user's name is no secret.
  private static final Pattern LOGIN =
      Pattern.compile("https?://[^/?#]*@.*|\\w+://[^/?#@]*:[^/?#@]*@.*");

  /// What git allows in a name, less than what it reads as an expression.
  private static final Pattern REF =
      Pattern.compile(
          "(?!.*(?:\\.\\.|@\\{))[^-\\s\\p{Cntrl}~^:?*\\[\\\\][^\\s\\p{Cntrl}~^:?*\\[\\\\]*");

  /// @param ref branch, tag or commit, unless `text` names one; empty or `*` for the default branch
  /// @param where who names it, for errors
  /// @throws InvalidInput when it is none
  public static GitAddress parse(String text, String ref, String where) {
    var comma = text.indexOf(',');
    var place = (comma < 0 ? text : text.substring(0, comma)).replaceFirst("^git\\+", "");
    var asked = comma < 0 ? ref : text.substring(comma + 1);
    var fragment = place.indexOf('#');
    var url = fragment < 0 ? place : place.substring(0, fragment);
    var directory = fragment < 0 ? "" : place.substring(fragment + 1).replaceAll("^/+|/+$", "");
    if (!URL.matcher(url).matches() && !SECURE_COPY.matcher(url).matches()) {
      throw new InvalidInput(
          "is not the address of a git repository: `" + Redacted.text(url) + "`",
          where,
          "it must begin with https://, http://, ssh://, git:// or file:///, or be user@host:path",
          "");
    }
    if (LOGIN.matcher(url).matches()) {
      throw new InvalidInput(
          "has a login in the address of a git repository: `" + Redacted.text(url) + "`",
          where,
          "it would stand in the lock",
          "leave it to git's credential helpers, ~/.netrc or ssh");
    }
    if (List.of(directory.split("/", -1)).contains("..")) {
      throw new InvalidInput(
          "leads out of the git repository: `" + directory + "`", where, "it has `..`", "");
    }
    return new GitAddress(url, directory, checked(asked, where));
  }

  private static String checked(String ref, String where) {
    if (ref.isEmpty() || ref.equals("*")) {
      return HEAD;
    }
    if (!REF.matcher(ref).matches()) {
      throw new InvalidInput(
          "is not a branch, tag or commit: `" + ref + "`", where, "git allows no such name", "");
    }
    return ref;
  }

  /// What carries it, as git calls it: `https`, `http`, `ssh`, `git` or `file`.
  String protocol() {
    var scheme = url.indexOf("://");
    return scheme < 0 ? "ssh" : url.substring(0, scheme).toLowerCase(Locale.ROOT);
  }

  /// Whether a text is the address of a repository rather than of a server or a file.
  public static boolean isOne(String text) {
    return text.startsWith("git+")
        || text.matches("(?:ssh|git)://.*|.*\\.git(?:[,#].*)?")
        || SECURE_COPY.matcher(text.split("[,#]", 2)[0]).matches();
  }

  /// The same place at one exact commit.
  public GitAddress at(String commit) {
    return new GitAddress(url, directory, commit);
  }

  /// As [#parse] reads it.
  @Override
  public String toString() {
    return "git+"
        + url
        + (directory.isEmpty() ? "" : "#/" + directory)
        + (ref.equals(HEAD) ? "" : "," + ref);
  }
}
