package dev.ansiblevenv.core.lint;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All that ansible-lint and the Ansible under it see of an environment. They get a home of their
/// own for one run, so that nothing of the user's `ANSIBLE_*`, `PYTHON*`, `~/.ansible` and
/// `~/.ansible.cfg` reaches the verdict, and whatever they write lands there: also where the
/// project's `ansible.cfg` names a log, a cache or a temporary directory inside the project.
/// Proxies lead nowhere: a lint run has no business on the network.
record LintEnvironment(Path tool, Path home, String userPath) {

  Map<String, String> variables(LintRequest request) throws IOException {
    Files.createDirectories(home);
    var inventory = Files.writeString(home.resolve("inventory"), "localhost\n");
    var variables = new TreeMap<String, String>();
    variables.put("PATH", tool.resolve("bin") + File.pathSeparator + userPath);
    variables.put("HOME", home.toString());
    variables.put("TMPDIR", Files.createDirectories(home.resolve("tmp")).toString());
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    variables.put("PYTHONNOUSERSITE", "1");
    variables.put("PYTHONSAFEPATH", "1");
    variables.put("PYTHONUTF8", "1");
    variables.put("NO_COLOR", "1");
    variables.put("http_proxy", "http://127.0.0.1:9");
    variables.put("https_proxy", "http://127.0.0.1:9");
    variables.put("ANSIBLE_CONFIG", configuration(request).toString());
    variables.put("ANSIBLE_HOME", home.resolve("ansible").toString());
    variables.put("ANSIBLE_LOCAL_TEMP", home.resolve("tmp").toString());
    variables.put("ANSIBLE_LOG_PATH", home.resolve("ansible.log").toString());
    variables.put("ANSIBLE_INVENTORY", inventory.toString());
    variables.put("ANSIBLE_CACHE_PLUGIN", "memory");
    variables.put("ANSIBLE_CALLBACKS_ENABLED", "");
    variables.put("ANSIBLE_STDOUT_CALLBACK", "default");
    variables.put("ANSIBLE_RETRY_FILES_ENABLED", "False");
    variables.put("ANSIBLE_LINT_SKIP_SCHEMA_UPDATE", "1");
    put(variables, "ANSIBLE_COLLECTIONS_PATH", request.collectionsPath());
    var fetched = request.fetchedRoles();
    put(variables, "ANSIBLE_ROLES_PATH", fetched.isEmpty() ? request.rolesPath() : fetched);
    return variables;
  }

  /// One outside of the project is copied: it is not readable where ansible-lint runs.
  private Path configuration(LintRequest request) throws IOException {
    var counts = request.configuration().orElse(null);
    if (counts != null && counts.startsWith(request.project())) {
      return counts;
    }
    var content = counts == null ? new byte[0] : Files.readAllBytes(counts);
    return Files.write(home.resolve("ansible.cfg"), content);
  }

  private static void put(Map<String, String> variables, String name, List<Path> paths) {
    if (!paths.isEmpty()) {
      variables.put(
          name, paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }
  }
}
