package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.Software;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class PagCommandTest {

  @Test
  void versionIsTheSoftwares() {
    assertEquals(Software.NAME_AND_VERSION, Pag.run("--version").out().strip());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpAndJsonAndIsListed(String command) {
    Pag help = Pag.run(command, "--help");
    assertEquals(0, help.code());
    assertTrue(help.out().contains("--json"), help.out());
    assertTrue(Pag.run("--help").out().contains(command));
    assertEquals(Software.NAME_AND_VERSION, Pag.run(command, "--version").out().strip());
  }

  static List<String> commands() {
    return PagCommand.names();
  }

  /** Defaults stand in the sentence, numbers as one writes them, and the synopsis is a line. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyHelpIsOfOneManner(String command) {
    String help = Pag.run(command, "--help").out();
    assertTrue(help.startsWith("Usage: pag " + command + " [OPTIONS]"), help);
    assertFalse(help.contains("Default:"), help);
    assertFalse(Pattern.compile("\\dE-?\\d").matcher(help).find(), help);
  }

  @Test
  void aNumberThatIsCalledTheDefaultIsIt() {
    Pattern said = Pattern.compile("\\(default: ([0-9.e-]+)\\)");
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Set<String> seen = new HashSet<>();
    for (CommandLine command : PagCommand.commandLine(nowhere, nowhere).getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        Matcher number = said.matcher(String.join(" ", option.description()));
        if (number.find() && option.initialValue() instanceof Number value) {
          assertEquals(
              Double.parseDouble(number.group(1)), value.doubleValue(), option.longestName());
          seen.add(option.longestName());
        }
      }
    }
    assertTrue(seen.containsAll(Set.of("--weight-decay", "--epochs")), seen.toString());
  }

  @Test
  void helpNamesEveryMethodAndEveryAttack() {
    assertNames(Pag.run("train", "--help").out(), List.of(Method.values()));
    assertNames(Pag.run("evaluate", "--help").out(), List.of(AttackMethod.values()));
  }

  private static void assertNames(String help, List<? extends Named> all) {
    String unbroken = help.replaceAll("\\s+", "");
    for (Named one : all) {
      assertTrue(unbroken.contains(one.id()), one.id() + " is missing in: " + help);
    }
  }

  @Test
  void noHelpSaysTwoWordsTwiceInARow() {
    Pattern twice = Pattern.compile("\\b(\\p{L}+ \\p{L}+) \\1\\b");
    assertTrue(twice.matcher("the number of number of threads").find());
    Set<String> all = new HashSet<>(commands());
    all.add("");
    for (String command : all) {
      String help = Pag.run((Object[]) (command + " --help").strip().split(" ")).out();
      Matcher found = twice.matcher(help.replaceAll("\\s+", " "));
      assertFalse(found.find(), () -> command + " says again: " + found.group());
    }
  }

  @Test
  void helpNamesTheWindowsOwnOptions() {
    String help = Pag.run("--help").out();
    assertTrue(help.contains("--snapshot=DIR"), help);
    assertTrue(help.contains("--device=DEVICE"), help);
  }

  @Test
  void doctorTellsWhatABugReportNeeds() {
    Pag doctor = Pag.run("doctor", "--json");
    var object = doctor.json();
    boolean isWell = object.getAsJsonArray("findings").isEmpty();
    assertEquals(isWell ? 0 : 1, doctor.code());
    String facts = object.getAsJsonArray("facts").toString();
    assertTrue(facts.contains(Software.NAME_AND_VERSION), facts);
    assertTrue(facts.contains("NVIDIA driver"), facts);
    assertTrue(facts.contains("PyTorch's cache"), facts);
  }

  @Test
  void noCommandIsAWrongCommandLine() {
    Pag none = Pag.run();
    assertEquals(2, none.code());
    assertTrue(none.err().startsWith("Specify a command"), none.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack",
        "attack --modle x",
        "attack --model x --norm l3",
        "attack --model x --targets cat --untargeted",
        "evaluate --model x --dataset y --steps many",
        "bench --batch 1",
        "inspect",
        "nonsense"
      })
  void wrongCommandLinesEndWithTwoAndAFewLines(String line) {
    Pag wrong = Pag.run((Object[]) line.split(" "));
    assertEquals(2, wrong.code());
    assertEquals("", wrong.out());
    assertTrue(wrong.err().contains("Try: pag"), wrong.err());
    assertFalse(wrong.err().contains("\tat "), wrong.err());
  }

  @Test
  void aWrongWordIsAnsweredWithTheKnownOnes() {
    assertTrue(
        Pag.run("attack", "--model", "x", "--norm", "l3").err().contains("l1, l2, linf, not 'l3'"));
  }

  /** One command for each way by which a path's text arrives. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect a\0b",
        "attack --model a\0b --out x.png",
        "toy --data ./a\0b",
        "train --run-dir a\0b --method vanilla --lambda 1,2",
      })
  void aPathThatNoFileCanHaveIsASentence(String line) {
    Pag pag = Pag.run((Object[]) line.split(" "));
    assertTrue(pag.code() == 1 || pag.code() == 2, pag.err());
    assertTrue(pag.err().contains("'a?b' cannot be the name") || pag.err().contains("'./a?b'"));
    assertFalse(pag.err().contains("Exception"), pag.err());
  }

  /** An unset variable of a shell; it would mean the current folder. */
  @Test
  void anEmptyNameIsAWrongCommandLine() {
    for (Object[] line :
        new Object[][] {
          {"inspect", ""},
          {"attack", "--model", ""},
          {"train", "--run-dir", " "},
          {"evaluate", "--model", "x", "--dataset", ""},
          {"models", "--models", ""},
        }) {
      Pag pag = Pag.run(line);
      assertEquals(2, pag.code(), pag.err());
      assertTrue(pag.err().contains("the name is empty."), pag.err());
    }
  }
}
