package dev.ansiblevenv.cli.output;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.analysis.Analysis;
import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.CollectionNeed;
import dev.ansiblevenv.analysis.Exclusion;
import dev.ansiblevenv.analysis.PythonNeed;
import dev.ansiblevenv.analysis.Retirement;
import dev.ansiblevenv.analysis.RoleNeed;
import dev.ansiblevenv.analysis.SystemPackage;
import dev.ansiblevenv.analysis.TransitiveBounds;
import dev.ansiblevenv.analysis.Unresolved;
import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.analysis.playbook.Outside;
import dev.ansiblevenv.analysis.playbook.Side;
import dev.ansiblevenv.cli.Schema;
import dev.ansiblevenv.core.lint.LintVerdict;
import dev.ansiblevenv.core.run.FailedTask;
import dev.ansiblevenv.core.run.HostStats;
import dev.ansiblevenv.core.run.RunId;
import dev.ansiblevenv.core.run.RunResult;
import dev.ansiblevenv.core.run.TaskTime;
import dev.ansiblevenv.core.tool.ToolReport;
import dev.ansiblevenv.diagnostic.Finding;
import dev.ansiblevenv.diagnostic.Location;
import dev.ansiblevenv.orchestration.deploy.CleanupReport;
import dev.ansiblevenv.orchestration.deploy.VenvExecutionResult;
import dev.ansiblevenv.orchestration.deploy.VenvMetadata;
import dev.ansiblevenv.orchestration.follow.RunReport;
import dev.ansiblevenv.orchestration.process.PlaybookReport;
import dev.ansiblevenv.orchestration.project.BroughtFiles;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ViewsTest {

  private static final Because MODULE =
      new Because("site.yml", 14, "module", "community.docker.docker_container");

  private static final PlaybookReport REPORT =
      new PlaybookReport(
          new Analysis(
              "site",
              new CanonicalForm(
                  new TreeMap<>(
                      Map.of(CanonicalForm.ENTRY, "-\n", "roles/web/tasks/main.yml", "-\n"))),
              List.of(),
              Outside.NOTHING,
              List.of("community.docker.docker_container"),
              List.of(new CollectionNeed("community.docker", ">=3.0.0", "", List.of(MODULE))),
              List.of(),
              TransitiveBounds.NONE,
              List.of(
                  new PythonNeed("ansible-core", "", "", Side.BOTH, List.of()),
                  new PythonNeed(
                      "requests", ">=2", "python_version > \"3\"", Side.CONTROL, List.of(MODULE))),
              List.of(
                  new RoleNeed(
                      "web", "closure", "", List.of(new Because("site.yml", 3, "role", "web")))),
              List.of(
                  new SystemPackage(
                      "libssl-dev",
                      List.of("platform:dpkg"),
                      List.of(new Because("bindep.txt", 2, "bindep", "libssl-dev")))),
              List.of(new Unresolved("site.yml", 20, "include", "{{ os }}.yml")),
              List.of(new Retirement("site.yml", 30, "amazon.aws.ec2", "use ec2_instance")),
              List.of(),
              List.of(
                  new Exclusion(
                      "collection",
                      "ansible.posix",
                      "ansible-venv.yml",
                      3,
                      List.of(new Because("site.yml", 8, "module", "ansible.posix.mount")))),
              Set.of(),
              List.of(new Finding(new Location("site.yml", 5, 0), "closure[task]", "odd", false))),
          Optional.of(
              new LintVerdict(
                  "ansible-lint 26.10.1",
                  false,
                  List.of(
                      new Finding(
                          new Location("site.yml", 9, 7), "yaml[braces]", "spaces", true)))),
          Optional.empty());

  private static final VenvMetadata VENV =
      new VenvMetadata(
          "site_0123abcd",
          "localhost",
          "/home/me/venvs/site_0123abcd",
          "ab".repeat(32),
          "3.11.7",
          "2.19.14",
          Map.of("community.docker", "3.1.0"),
          LocalDateTime.of(2024, 1, 15, 10, 35));

  @Test
  void an_analysis_shows_each_need_with_the_first_place_that_asks_for_it() {
    assertThat(new AnalysisView(REPORT, "site.yml").text())
        .isEqualTo(
            REPORT.analysis().name()
                + """


                Collections
                  community.docker  >=3.0.0  site.yml:14 module

                Python packages
                  ansible-core                        both
                  requests>=2 ; python_version > "3"  control  site.yml:14 module

                Roles
                  web  closure    site.yml:3 role

                System packages
                  libssl-dev  platform:dpkg  bindep.txt:2 bindep

                Excluded
                  ansible.posix  ansible-venv.yml:3  used at site.yml:8 module

                Unresolved
                  site.yml:20: include: {{ os }}.yml

                Removed
                  site.yml:30: amazon.aws.ec2: use ec2_instance

                ansible-lint 26.10.1: failed

                site.yml:5: closure[task]: odd (warning)
                site.yml:9:7: yaml[braces]: spaces
                """);
  }

  @Test
  void an_analysis_is_a_document_as_published() throws IOException {
    var text = JsonDocument.text(new AnalysisView(REPORT, "site.yml").document());

    Schema.ANALYSIS.assertValid(text);
    assertThat(text).contains("\"closure\" : [ \"roles/web/tasks/main.yml\", \"site.yml\" ]");
    Schema.ANALYSIS.assertValid(
        JsonDocument.text(new CanonicalView(REPORT, "site.yml").document()));
  }

  @Test
  void a_result_is_few_lines_and_a_document_as_published() throws IOException {
    var stats = Map.of("localhost", new HostStats(3, 1, 1, 0, 0, 0, 0));
    var began = Instant.parse("2026-01-15T10:30:00Z");
    var run =
        new RunResult(
            new RunId("r1"),
            "site.yml",
            "site_0123abcd",
            RunResult.Status.FAILED,
            2,
            began,
            began.plusMillis(4_250),
            100,
            stats,
            List.of(),
            Optional.of(new FailedTask("Wait", "site.yml:9", "localhost", false, "no")),
            2,
            List.of(
                new TaskTime("Wait", "site.yml:9", 1, ofMillis(3_100), ofMillis(3_100)),
                new TaskTime("Say", "site.yml:5", 1, ofMillis(40), ofMillis(40))),
            List.of(),
            Optional.empty(),
            0);
    var result =
        new VenvExecutionResult(
            "site_0123abcd",
            VENV,
            List.of("built"),
            Optional.empty(),
            new RunReport("localhost", new RunId("r1"), Optional.of(run)),
            BroughtFiles.NONE);

    assertThat(new ResultView(result).text())
        .isEqualTo(
            """
            Failed in 4.2 s on `localhost` (run `r1`)
              venv `site_0123abcd`, new: Python 3.11.7, ansible-core 2.19.14
              slowest: Wait 3.1 s
            """);
    Schema.RESULT.assertValid(JsonDocument.text(new ResultView(result).document()));
  }

  @Test
  void what_was_removed_is_shown_with_sizes_and_reasons() {
    var view =
        new CleanupView(
            new CleanupReport(
                "web",
                true,
                List.of(
                    new CleanupReport.Removal("venv", "old_01234567", 0, "no longer needed"),
                    new CleanupReport.Removal("environment", "/e/abc", 130_023_424, "no venv"))));

    assertThat(view.text())
        .isEqualTo(
            """
            KIND         NAME          SIZE       REASON
            venv         old_01234567  0 B        no longer needed
            environment  /e/abc        124.0 MiB  no venv
            """);
    assertThat(view.summary()).isEqualTo("would remove 2 things on `web`, 124.0 MiB");
  }

  @Test
  void a_broken_tool_says_what_is_wrong_under_the_table() {
    var view =
        new ToolsView(
            List.of(
                new ToolReport("git", "2.39.5", "/usr/bin/git", true, ""),
                new ToolReport("python3", "", "PATH", false, "too old: install 3.11")));

    assertThat(view.healthy()).isFalse();
    assertThat(view.text())
        .isEqualTo(
            """
            TOOL     STATE   VERSION AND ORIGIN
            git      works   2.39.5, /usr/bin/git
            python3  broken  PATH

            python3: too old: install 3.11
            """);
  }
}
