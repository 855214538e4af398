package dev.ansiblevenv.analysis.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PythonFileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "import a                                                       | a",
        "import a.b as c, d                                             | a.b d",
        "from a.b import c, d as e                                      | a.b:c,d",
        "from ..x import (\\n  y,  # why\\n  z,\\n)                     | ..x:y,z",
        "from . import *                                                | .:*",
        "x = 1; import a                                                | a",
        "import a \\\\\\n  , b                                          | a b",
        "if True: import a                                              | a",
        "'''\\nimport a\\n'''                                           | ``",
        "\"\\\\\"\"; import a                                           | a",
        "x = (\\nimport_a,\\n)                                          | ``",
        "r'\\\\\\\\'; import a                                              | a",
        "# import a                                                     | ``",
        "match x:\\n  case 1:\\n    import a                            | a",
      })
  void an_import_is_seen_wherever_python_sees_one(String source, String imports) {
    assertThat(imports(source.replace("\\\\", "\\").replace("\\n", "\n"))).isEqualTo(imports);
  }

  private static String imports(String source) {
    return String.join(
        " ",
        PythonFile.read(source).imports().stream()
            .map(each ->
                ".".repeat(each.level())
                    + each.module()
                    + (each.names().isEmpty()
                        ? ""
                        : ":"
                            + String.join(
                                ",", each.names().stream().map(PythonImport.Name::name).toList())))
            .toList());
  }

  @Test
  void an_import_says_what_guards_it() {
    var file =
        PythonFile.read(
            """
            import none
            try:
                import tried
            except ImportError:
                import fallback
            else:
                import afterwards
            if TYPE_CHECKING:
                import checking
            if sys.version_info < (3,):
                import condition
            def f():
                try:
                    import function
                except ImportError: pass
            class C:
                import body
            with deps.declare("declared"):
                import declared
            """);
    assertThat(file.imports())
        .extracting(each -> each.module() + " " + each.guard())
        .containsExactly(
            "none NONE",
            "tried TRY",
            "fallback FALLBACK",
            "afterwards TRY",
            "checking TYPE_CHECKING",
            "condition CONDITION",
            "function FUNCTION",
            "body NONE",
            "declared TRY");
  }

  @Test
  void an_import_whose_handler_raises_is_refused() {
    var file =
        PythonFile.read(
            """
            try:
                import a
            except ImportError as e:
                raise AnsibleError('a is needed')
            try:
                import b
            except ImportError:
                b = None
            """);
    assertThat(file.imports()).extracting(PythonImport::refused).containsExactly(true, false);
  }

  @Test
  void a_flag_of_an_import_is_checked_where_its_absence_alone_ends_the_plugin() {
    var file =
        PythonFile.read(
            """
            A_ERROR = None
            try:
                import a
                HAS_A = True
            except ImportError:
                A_ERROR = traceback.format_exc()
                HAS_A = False
            def main():
                if not HAS_A:
                    module.fail_json(msg=missing_required_lib('a'), exception=A_ERROR)
                if params['b'] and not HAS_B:
                    module.fail_json(msg=missing_required_lib('b'))
                if params['c']:
                    if not HAS_C:
                        module.fail_json(msg=missing_required_lib('c'))
                if HAS_D:
                    pass
                else:
                    raise Exception()
                deps.validate(module)
            """);
    assertThat(file.imports().getFirst().flags())
        .containsExactlyInAnyOrder("a", "HAS_A", "A_ERROR");
    assertThat(file.definitions().get("main").checks())
        .containsExactlyInAnyOrder("HAS_A", "HAS_D", "deps:");
  }

  @Test
  void constants_are_put_together_from_literals_and_names() {
    var other = PythonFile.read("MINIMUM = '1.34.0'\n");
    var file =
        PythonFile.read(
            """
            from ..module_utils import versions as v
            from .names import NAME
            A = 'a' "b" \\
                r'\\c'
            B = A + '\\n' + (NAME)
            class ModuleDocFragment:
                def __init__(self):
                    text = f\"\"\"
            options: {{}}
            requirements: [boto3 >= {v.MINIMUM}]
            \"\"\"
                    self.DOCUMENTATION = text
            C = f'{unknown}'
            D = 'x'.upper()
            """);
    assertThat(file.constants().text("A", _ -> null)).contains("ab\\c");
    assertThat(file.constants().text("B", _ -> PythonFile.read("NAME = 'n'"))).contains("ab\\c\nn");
    assertThat(file.constants().text("DOCUMENTATION", _ -> other))
        .contains("\noptions: {}\nrequirements: [boto3 >= 1.34.0]\n");
    assertThat(file.constants().text("C", _ -> null)).isEmpty();
    assertThat(file.constants().text("D", _ -> null)).isEmpty();
  }

  @Test
  void constants_that_double_with_each_name_end() {
    var source = new StringBuilder("a0 = 'x'\n");
    for (var i = 1; i < 9; i++) {
      source.append(
          "a%d = %s\n".formatted(i, String.join("+", Collections.nCopies(50, "a" + (i - 1)))));
    }
    assertThat(PythonFile.read(source.toString()).constants().text("a8", _ -> null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def filters(self): return {'a': f, \"b\": g(x={'no': 1})}                   | a b",
        "def filters(self): return dict(a=f, b=g)                                     | a b",
        "def filters(self):\\n  x = {'a': f}\\n  x['b'] = g\\n  x.update(c=h)\\n  return x | a b c",
        "MAP = {'a': f}\\nclass F:\\n  def filters(self):\\n    return MAP            | a",
        "class F:\\n  map = {'a': f}\\n  def filters(self):\\n    return self.map      | a",
        "def other(): return {'a': f}                                                 | ``",
        "def filters(self):\\n  # a\\n  return {\\n  'a': f,\\n  # c\\n  'b': g\\n}   | a b",
      })
  void filters_are_the_keys_that_the_function_returns(String source, String names) {
    assertThat(PythonFile.read(source.replace("\\n", "\n")).filters())
        .containsExactlyInAnyOrderElementsOf(
            names.isEmpty() ? List.of() : List.of(names.split(" ")));
  }
}
