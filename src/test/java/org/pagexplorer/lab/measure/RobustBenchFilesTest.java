package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;

/** Entries as RobustBench's model_info has them, and odder ones. */
class RobustBenchFilesTest {
  @TempDir Path info;

  private Path write(String name, String json) throws IOException {
    Path file = info.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, json);
  }

  private static PublishedEntry only(Path place) {
    RobustBenchFiles.Found found = RobustBenchFiles.read(List.of(place));
    assertEquals(List.of(), found.problems());
    assertEquals(1, found.entries().size());
    return found.entries().getFirst();
  }

  private PublishedEntry entry(String folder, String fields) throws IOException {
    return only(write("cifar10/" + folder + "/Some2024Name.json", "{" + fields + "}"));
  }

  private static Column column(Norm norm, double epsilon) {
    return Column.of(
        RobustnessAttack.usual(AttackMethod.AUTOATTACK, new ThreatModel(norm, epsilon), 0));
  }

  @Test
  void anEntryOfTheLeaderboardIsReadWithTheNormOfItsFolder() throws IOException {
    PublishedEntry entry =
        entry(
            "L2",
            """
            "link": "https://example.org/a?b=c&d=e", "name": "A <i>robust</i> paper", "authors": "A, B",
            "additional_data": true, "number_forward_passes": 1, "dataset": "cifar10",
            "venue": "GitHub,<br>Sep 2019", "architecture": "ResNet-50", "eps": "0.5",
            "clean_acc": "90.83", "reported": "70.11", "autoattack_acc": "69.24", "unreliable": false
            """);
    assertEquals("Some2024Name", entry.id());
    assertEquals("A robust paper", entry.title());
    assertEquals("GitHub, Sep 2019", entry.venue());
    assertEquals("https://example.org/a?b=c&d=e", entry.link());
    assertEquals(Optional.of(Norm.L2), entry.norm());
    assertEquals(OptionalDouble.of(0.5), entry.epsilon());
    assertEquals(0.9083, entry.clean().orElseThrow(), 1e-9);
    assertEquals(0.6924, entry.robust().orElseThrow(), 1e-9);
    assertTrue(entry.additionalData());
    assertEquals("", entry.warning());
    assertEquals("L2, ε = 0.5", entry.attackWords());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"8/255\" | 0.03137254901960784",
        "\" 8 / 255 \" | 0.03137254901960784",
        "\"0.031\" | 0.031",
        "0.031 | 0.031",
        "\"4/255\" | 0.01568627450980392",
        "8 | NaN",
        "\"8\" | NaN",
        "\"None\" | NaN",
        "null | NaN",
        "\"\" | NaN",
        "\"1/0\" | NaN",
        "-0.1 | NaN",
        "[0.5] | NaN",
        "true | NaN"
      })
  void radiiAreReadAsTheyAreWritten(String written, double epsilon) throws IOException {
    PublishedEntry entry = entry("Linf", "\"clean_acc\": \"50\", \"eps\": " + written);
    assertEquals(epsilon, entry.epsilon().orElse(Double.NaN), 1e-15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"49.25\" | 0.4925",
        "49.25 | 0.4925",
        "\"49.25%\" | 0.4925",
        "\" 49.25 % \" | 0.4925",
        "\"\" | -1",
        "null | -1",
        "\"N/A\" | -1",
        "{} | -1"
      })
  void accuraciesAreReadAsTheyAreWritten(String written, double share) throws IOException {
    PublishedEntry entry =
        entry("Linf", "\"clean_acc\": \"87.03\", \"autoattack_acc\": " + written);
    assertEquals(share, entry.robust().orElse(-1), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "Linf, L∞",
    "linf, L∞",
    "L2, L2",
    "corruptions, corruptions",
    "corruptions_3d, corruptions_3d",
    "L1, L1",
    "stuff, ''"
  })
  void theFolderSaysTheNorm(String folder, String threat) throws IOException {
    PublishedEntry entry = entry(folder, "\"clean_acc\": \"50\"");
    assertEquals(threat, entry.threat());
    assertEquals(threat.startsWith("L"), entry.norm().isPresent());
  }

  @Test
  void whatTheEntrySaysOfItsNormAndDatasetGoesBeforeItsFolder() throws IOException {
    PublishedEntry entry =
        entry("Linf", "\"clean_acc\": 50, \"threat_model\": \"L2\", \"dataset\": \"imagenet\"");
    assertEquals(Optional.of(Norm.L2), entry.norm());
    assertEquals("imagenet", entry.dataset());
    assertEquals("cifar10", entry("Linf", "\"clean_acc\": 50").dataset());
  }

  @Test
  void warningsOfTheLeaderboardAreKept() throws IOException {
    assertEquals(
        "RobustBench calls it unreliable",
        entry("Linf", "\"clean_acc\": 50, \"unreliable\": \"True\"").warning());
    assertEquals(
        "another attack left 58.50 %",
        entry("Linf", "\"clean_acc\": 80, \"autoattack_acc\": \"60.1\", \"external\": \"58.50\"")
            .warning());
  }

  @Test
  void aKeyMayAppearTwiceAsInOneOfTheLeaderboardsFiles() throws IOException {
    PublishedEntry entry =
        entry("corruptions", "\"clean_acc\": \"96\", \"reported\": \"1\", \"reported\": \"1\"");
    assertEquals(0.96, entry.clean().orElseThrow(), 1e-9);
  }

  @Test
  void aLinkThatIsNoWebAddressIsLeftOut() throws IOException {
    assertEquals("", entry("L2", "\"clean_acc\": 50, \"link\": \"javascript:alert(1)\"").link());
    assertEquals("", entry("L2", "\"clean_acc\": 50, \"link\": 7").link());
  }

  @Test
  void oneFileMayHoldMany() throws IOException {
    Path list =
        write(
            "cifar10/L2/all.json",
            "[{\"clean_acc\": 1, \"model_name\": \"A\"}, 3, {\"clean_acc\": 2}]");
    assertEquals(
        List.of("A", "all"),
        RobustBenchFiles.read(List.of(list)).entries().stream().map(PublishedEntry::id).toList());
    Path named = write("named.json", "{\"B\": {\"clean_acc\": \"3\"}, \"note\": \"x\"}");
    assertEquals("B", only(named).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "{\"clean_acc\": \"\"}",
        "{\"clean_acc\": \"101\"}",
        "{\"clean_acc\": -1}",
        "{\"clean_acc\": \"9e999\"}",
        "<!DOCTYPE html>",
        "{\"name\": \"no accuracy\"}",
        "[[[[[[[[{\"clean_acc\": 1}]]]]]]]]",
        "{\"clean_acc\": 1} {}",
        "{'clean_acc': 1}"
      })
  void whatIsDamagedIsSaidInOneSentenceAndTheOthersAreRead(String json) throws IOException {
    write("cifar10/Linf/Good.json", "{\"clean_acc\": \"90\"}");
    Path bad = write("cifar10/Linf/Bad.json", json);
    RobustBenchFiles.Found found = RobustBenchFiles.read(List.of(info));
    assertEquals(List.of("Good"), found.entries().stream().map(PublishedEntry::id).toList());
    assertEquals(1, found.problems().size(), found.problems().toString());
    assertTrue(found.problems().getFirst().startsWith(bad + " "), found.problems().getFirst());
    assertTrue(found.problems().getFirst().endsWith("."));
    UserException alone =
        assertThrows(UserException.class, () -> RobustBenchFiles.read(List.of(bad)));
    assertEquals(found.problems().getFirst(), alone.getMessage());
  }

  @Test
  void manyDamagedFilesAreCountedAndOtherFilesIgnored() throws IOException {
    write("cifar10/Linf/Good.json", "{\"clean_acc\": \"90\"}");
    write("cifar10/Linf/readme.txt", "no entry");
    for (int i = 0; i < 8; i++) {
      write("cifar10/Linf/bad-" + i + ".json", "{");
    }
    List<String> problems = RobustBenchFiles.read(List.of(info)).problems();
    assertEquals(6, problems.size());
    assertEquals("3 more could not be used.", problems.getLast());
  }

  @Test
  void aPlaceWithoutEntriesIsAnError() {
    assertTrue(
        assertThrows(UserException.class, () -> RobustBenchFiles.read(List.of(info)))
            .getMessage()
            .contains("choose RobustBench's model_info"));
    Path gone = info.resolve("gone");
    assertTrue(
        assertThrows(UserException.class, () -> RobustBenchFiles.read(List.of(gone)))
            .getMessage()
            .contains("does not exist"));
  }

  @Test
  void onlyTheSameDatasetNormAndRadiusMayBeCompared() throws IOException {
    PublishedEntry entry =
        entry("Linf", "\"clean_acc\": 90, \"autoattack_acc\": \"50\", \"eps\": \"8/255\"");
    Column same = column(Norm.LINF, 8 / 255.0);
    assertEquals(OptionalDouble.of(0.5), entry.in(same, "CIFAR-10"));
    assertEquals(OptionalDouble.of(0.5), entry.in(same, "CIFAR-10 (subset)"));
    assertEquals(OptionalDouble.of(0.9), entry.in(Column.CLEAN, "CIFAR-10"));
    assertEquals(
        Optional.of("on cifar10, not CIFAR-10 (JPEG)"), entry.obstacle(same, "CIFAR-10 (JPEG)"));
    assertEquals(
        Optional.of("on cifar10, not CIFAR-100"), entry.obstacle(Column.CLEAN, "CIFAR-100"));
    assertEquals(
        Optional.of("ε = 8/255 there, 0.031 here"),
        entry.obstacle(column(Norm.LINF, 0.031), "CIFAR-10"));
    assertEquals(
        Optional.of("L∞ there, L2 here"), entry.obstacle(column(Norm.L2, 8 / 255.0), "CIFAR-10"));
  }

  @Test
  void corruptionsUnknownNormsAndMissingNumbersMayNotBeCompared() throws IOException {
    Column l2 = column(Norm.L2, 0.5);
    assertEquals(
        Optional.of("of corruptions, not L2"),
        entry("corruptions", "\"clean_acc\": 90, \"eps\": \"0.5\", \"corruptions_acc\": \"73\"")
            .obstacle(l2, "CIFAR-10"));
    assertTrue(
        entry("elsewhere", "\"clean_acc\": 90, \"dataset\": \"cifar10\"")
            .obstacle(l2, "CIFAR-10")
            .orElseThrow()
            .contains("folder named Linf, L2, or L1"));
    assertEquals(
        Optional.of("its ε is not known"),
        entry("L2", "\"clean_acc\": 90").obstacle(l2, "CIFAR-10"));
    assertEquals(
        Optional.of("no accuracy under AutoAttack is given"),
        entry("L2", "\"clean_acc\": 90, \"eps\": 0.5").obstacle(l2, "CIFAR-10"));
    assertEquals(
        Optional.of("no clean accuracy is given"),
        entry("L2", "\"autoattack_acc\": 60, \"eps\": 0.5").obstacle(Column.CLEAN, "CIFAR-10"));
    assertFalse(
        entry("L2", "\"autoattack_acc\": 60, \"eps\": 0.5").obstacle(l2, "CIFAR-10").isPresent());
  }
}
