package dev.ansiblevenv.cli.command;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/// Shows the options of every command apart from those of the one command.
final class HelpLayout {

  private HelpLayout() {}

  static void apply(CommandLine line) {
    line.getHelpSectionMap()
        .put(
            SECTION_KEY_OPTION_LIST,
            help ->
                section(help, "%nOptions:%n", option -> !isGlobal(option))
                    + section(help, "%nGlobal options:%n", HelpLayout::isGlobal));
    line.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST_HEADING, _ -> "");
    line.getSubcommands().values().forEach(HelpLayout::apply);
  }

  private static boolean isGlobal(OptionSpec option) {
    return option.inherited() || option.root() != null;
  }

  private static String section(Help help, String heading, Predicate<OptionSpec> shown) {
    List<OptionSpec> options =
        help.commandSpec().options().stream()
            .filter(shown)
            .sorted(Comparator.comparing(OptionSpec::longestName))
            .toList();
    if (options.isEmpty()) {
      return "";
    }
    var layout = help.createDefaultLayout();
    layout.addAllOptions(options, help.createDefaultParamLabelRenderer());
    return help.createHeading(heading) + layout;
  }
}
