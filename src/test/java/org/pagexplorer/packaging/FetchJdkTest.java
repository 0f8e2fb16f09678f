package org.pagexplorer.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.packaging.Scripts.Outcome;
import org.pagexplorer.packaging.Scripts.Started;

/** Fetches from a server on this machine, with nothing but what a bare system has. */
@DisabledOnOs(OS.WINDOWS)
class FetchJdkTest {
  private static final String SCRIPT = Scripts.REPOSITORY.resolve("packaging/fetch-jdk").toString();
  private static final int PART = 8_000;

  @TempDir Path folder;
  private ArchiveServer server;
  private byte[] archive;

  @BeforeEach
  void serve() throws Exception {
    server = new ArchiveServer();
    archive = FakeJdk.archive(folder);
    server.put(FakeJdk.ARCHIVE, archive);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private Scripts with(String program) throws IOException {
    Scripts scripts = new Scripts(folder, program);
    assumeTrue(scripts.has(program), program + " is not installed.");
    scripts.environment.put(
        "PAG_JDK_LIST", FakeJdk.list(folder, server.address(), archive).toString());
    scripts.environment.put("PAG_FETCH_JDK", "yes");
    return scripts;
  }

  private Scripts withAny() throws IOException {
    return with(Files.isExecutable(Path.of("/usr/bin/curl")) ? "curl" : "wget");
  }

  private static Outcome fetch(Scripts scripts) throws Exception {
    return scripts.run("sh", SCRIPT, "None is here");
  }

  private static Path cache(Scripts scripts) throws Exception {
    return Path.of(scripts.run("sh", SCRIPT, "--cache").out());
  }

  private static Path part(Scripts scripts) throws Exception {
    return cache(scripts).resolve(FakeJdk.ARCHIVE + ".part");
  }

  private static void assertFetched(Scripts scripts, Outcome outcome) throws Exception {
    assertEquals(0, outcome.code(), () -> outcome.words().toString());
    Path home = Path.of(outcome.out());
    assertTrue(Files.isExecutable(home.resolve("bin/java")), outcome.out());
    assertEquals(cache(scripts), home.getParent());
    try (Stream<Path> left = Files.list(cache(scripts))) {
      assertEquals(
          List.of(home),
          left.filter(file -> !file.getFileName().toString().equals(".fetching")).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void aJdkIsFetchedOnceAndItsHomeIsSaid(String program) throws Exception {
    Scripts scripts = with(program);

    assertFetched(scripts, fetch(scripts));
    Outcome second = fetch(scripts);

    assertFetched(scripts, second);
    assertEquals(List.of(), second.words());
    assertEquals(List.of("/" + FakeJdk.ARCHIVE), server.requests);
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void anInterruptedDownloadGoesOnWhereItEnded(String program) throws Exception {
    Scripts scripts = with(program);
    Files.createDirectories(cache(scripts));
    Files.write(part(scripts), Arrays.copyOf(archive, PART));

    Outcome outcome = fetch(scripts);

    assertFetched(scripts, outcome);
    assertEquals("Resuming the download of " + FakeJdk.NAME + "…", outcome.words().getFirst());
    assertEquals(List.of("/" + FakeJdk.ARCHIVE + " from " + PART), server.requests);
  }

  @Test
  void aDownloadThatBreaksOffIsKeptAndSaysHowToResume() throws Exception {
    Scripts scripts = with("curl"); // wget goes on by itself
    server.cut = PART;

    Outcome outcome = fetch(scripts);

    assertEquals(1, outcome.code());
    assertEquals(PART, Files.size(part(scripts)));
    assertTrue(outcome.words().getLast().contains("run this command again, and it resumes"));
    server.cut = Integer.MAX_VALUE;
    assertFetched(scripts, fetch(scripts));
    assertEquals("/" + FakeJdk.ARCHIVE + " from " + PART, server.requests.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void aServerThatCannotResumeIsAskedForAll(String program) throws Exception {
    Scripts scripts = with(program);
    server.resumes = false;
    Files.createDirectories(cache(scripts));
    Files.write(part(scripts), Arrays.copyOf(archive, PART));

    assertFetched(scripts, fetch(scripts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void aDamagedBeginningIsSaidAndFetchedAnew(String program) throws Exception {
    Scripts scripts = with(program);
    Files.createDirectories(cache(scripts));
    Files.write(part(scripts), new byte[PART]);

    Outcome outcome = fetch(scripts);

    assertFetched(scripts, outcome);
    assertTrue(outcome.words().get(1).contains("was damaged and was deleted"));
    assertEquals("/" + FakeJdk.ARCHIVE, server.requests.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void moreThanTheServerHasIsDamageToo(String program) throws Exception {
    Scripts scripts = with(program);
    Files.createDirectories(cache(scripts));
    Files.write(part(scripts), new byte[archive.length + 1]);

    assertFetched(scripts, fetch(scripts));
  }

  @Test
  void whatIsNotTheJdkIsDeletedAndNeverUnpacked() throws Exception {
    Scripts scripts = withAny();
    byte[] other = archive.clone();
    other[PART] ^= 1;
    server.put(FakeJdk.ARCHIVE, other);

    Outcome outcome = fetch(scripts);

    assertEquals(1, outcome.code());
    assertEquals("", outcome.out());
    assertTrue(outcome.words().getLast().contains("is not " + FakeJdk.NAME + " and was deleted"));
    assertTrue(outcome.words().getLast().contains(Scripts.sha256(other)));
    try (Stream<Path> left = Files.list(cache(scripts))) {
      assertEquals(List.of(), left.filter(file -> !file.toString().endsWith(".fetching")).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void offlineIsOneSentence(String program) throws Exception {
    Scripts scripts = with(program);
    server.close();

    Outcome outcome = fetch(scripts);

    assertEquals(1, outcome.code());
    assertEquals(2, outcome.words().size(), () -> outcome.words().toString());
    String sentence = outcome.words().getLast();
    assertTrue(
        Pattern.matches(".* could not be fetched from .*fake-jdk.tar.gz \\(.+\\): .*", sentence),
        sentence);
    assertTrue(sentence.contains("when the network is there"), sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void aProxyIsUsedExceptWhereNoProxySaysOtherwise(String program) throws Exception {
    Scripts scripts = with(program);
    scripts.environment.put("PAG_JDK_URL", "http://jdk.invalid/mirror/");
    scripts.environment.put("http_proxy", server.address());
    scripts.environment.put("no_proxy", "jdk.invalid");
    assertEquals(1, fetch(scripts).code());
    assertEquals(List.of(), server.requests);

    server.put("mirror/" + FakeJdk.ARCHIVE, archive);
    scripts.environment.remove("no_proxy");

    assertFetched(scripts, fetch(scripts));
    assertEquals(List.of("/mirror/" + FakeJdk.ARCHIVE), server.requests);
  }

  @Test
  void withoutATerminalNothingIsFetchedUnlessOneSaysSo() throws Exception {
    Scripts scripts = withAny();
    for (String answer : List.of("", "no", "maybe")) {
      scripts.environment.put("PAG_FETCH_JDK", answer);

      Outcome outcome = fetch(scripts);

      assertEquals(1, outcome.code());
      String expected =
          switch (answer) {
            case "" -> "None is here: set PAG_FETCH_JDK=yes to have " + FakeJdk.NAME + " fetched";
            case "no" -> "None is here: install a JDK";
            default -> "PAG_FETCH_JDK is yes or no, not 'maybe'.";
          };
      assertTrue(outcome.onlyWord().startsWith(expected), outcome.onlyWord());
    }
    assertEquals(List.of(), server.requests);
    assertFalse(Files.exists(cache(scripts)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoStartsAtTheSameTimeFetchOnce(boolean flock) throws Exception {
    Scripts scripts = withAny();
    if (!flock) {
      scripts.without("flock");
    }
    Started first = scripts.start("sh", SCRIPT, "None is here");
    Started second = scripts.start("sh", SCRIPT, "None is here");

    assertFetched(scripts, first.outcome());
    assertFetched(scripts, second.outcome());
    assertEquals(List.of("/" + FakeJdk.ARCHIVE), server.requests);
  }

  @Test
  void aJdkThatDoesNotRunHereIsNotKept() throws Exception {
    Path home = folder.resolve("packed/jdk-25.0.9+1");
    FakeJdk.script(home.resolve("bin/java"), "echo wrong C library >&2; exit 127");
    Path packed = folder.resolve("broken.tar.gz");
    assertEquals(
        0,
        new ProcessBuilder(
                "tar", "-czf", packed.toString(), "-C", folder + "/packed", "jdk-25.0.9+1")
            .start()
            .waitFor());
    archive = Files.readAllBytes(packed);
    server.put(FakeJdk.ARCHIVE, archive);
    Scripts scripts = withAny();

    Outcome outcome = fetch(scripts);

    assertEquals(1, outcome.code());
    assertTrue(
        outcome.words().getLast().contains("does not run on this machine"),
        outcome.words().getLast());
    assertFalse(Files.exists(cache(scripts).resolve("fake-25.0.9+1")));
  }

  @Test
  void everyPlatformsArchiveIsPinned() throws IOException {
    List<String> lines = Files.readAllLines(Scripts.REPOSITORY.resolve("packaging/jdk.list"));
    for (String platform :
        List.of(
            "linux-x64", "linux-aarch64", "musl-x64", "musl-aarch64", "mac-x64", "mac-aarch64")) {
      assertEquals(
          1, lines.stream().filter(line -> pins(line, platform, ".tar.gz")).count(), platform);
    }
    assertEquals(1, lines.stream().filter(line -> pins(line, "windows-x64", ".zip")).count());
  }

  private static boolean pins(String line, String platform, String suffix) {
    return Pattern.matches(
        platform + " [0-9a-f]{64} OpenJDK25U-jdk_\\S+_hotspot_25\\.0\\.4_7" + Pattern.quote(suffix),
        line);
  }
}
