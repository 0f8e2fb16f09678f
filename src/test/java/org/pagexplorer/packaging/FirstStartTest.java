package org.pagexplorer.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.packaging.Scripts.Outcome;

/** The README's two commands on a machine without a JDK, in a copy of what they consist of. */
@DisabledOnOs(OS.WINDOWS)
class FirstStartTest {
  private static final String MAVEN = "org/apache/maven/apache-maven/9/apache-maven-9-bin.zip";

  @TempDir Path folder;
  private Path repository;
  private ArchiveServer server;
  private Scripts scripts;

  @BeforeEach
  void copy() throws Exception {
    server = new ArchiveServer();
    repository = Files.createDirectories(folder.resolve("a repository/packaging")).getParent();
    for (String file :
        List.of(
            "mvnw",
            "packaging/pag",
            "packaging/fetch-jdk",
            "packaging/lock",
            "packaging/maven-jdk")) {
      Files.copy(Scripts.REPOSITORY.resolve(file), repository.resolve(file));
    }
    // Of the machine that runs the test, which has JDKs, nothing is to be found.
    String requirements = Files.readString(Scripts.REPOSITORY.resolve("packaging/requirements"));
    String bare =
        requirements
            .replace("'/usr/lib/jvm ", "'" + folder + "/nowhere ")
            .replace(
                "/usr/lib64/jvm /usr/jdk /usr/java /usr/local/java /opt/java /opt/hostedtoolcache'",
                "'")
            .replace("places=/Library/", "places=" + folder + "/Library/")
            .replace("$(id -un 2>/dev/null)", "''");
    assertNotEquals(requirements, bare);
    Files.writeString(repository.resolve("packaging/requirements"), bare);
    scripts = new Scripts(folder, "curl", "wget");
    assumeTrue(scripts.has("curl") || scripts.has("wget"), "Neither curl nor wget is installed.");
    byte[] archive = FakeJdk.archive(folder);
    server.put(FakeJdk.ARCHIVE, archive);
    scripts.environment.put(
        "PAG_JDK_LIST", FakeJdk.list(folder, server.address(), archive).toString());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** Puts a Maven where the wrapper had put one, which says its JAVA_HOME. */
  private void installMaven() throws IOException {
    String url = server.address() + "/" + MAVEN;
    properties(url, "0");
    Path maven =
        folder.resolve(
            "my home/.m2/wrapper/dists/apache-maven-9/"
                + Integer.toHexString(url.hashCode())
                + "/bin");
    FakeJdk.script(Files.createDirectories(maven).resolve("mvn"), "echo \"${JAVA_HOME-unset} $*\"");
  }

  private void properties(String url, String hash) throws IOException {
    Path wrapper = Files.createDirectories(repository.resolve(".mvn/wrapper"));
    Files.writeString(
        wrapper.resolve("maven-wrapper.properties"),
        "distributionUrl=" + url + "\ndistributionSha256Sum=" + hash + "\n");
  }

  private Outcome mvnw() throws Exception {
    return scripts.run(repository.resolve("mvnw").toString(), "verify", "a b");
  }

  @Test
  void bothCommandsOfferAJdkAndTheSecondFindsTheFirsts() throws Exception {
    installMaven();
    Outcome refused = scripts.run(repository.resolve("packaging/pag").toString(), "models");
    assertEquals(1, refused.code());
    assertTrue(
        refused.onlyWord().startsWith("PAG Explorer needs JDK 25 or newer and found none (")
            && refused.onlyWord().contains("set PAG_FETCH_JDK=yes"),
        refused.onlyWord());
    assertEquals(refused.words(), mvnw().words());

    scripts.environment.put("PAG_FETCH_JDK", "yes");
    Outcome fetched = mvnw();
    scripts.environment.remove("PAG_FETCH_JDK");

    assertEquals(0, fetched.code(), () -> fetched.words().toString());
    String home = fetched.out().replace(" verify a b", "");
    assertTrue(home.endsWith("/pag-explorer/jdk/fake-25.0.9+1"), home);
    assertEquals(fetched.out(), mvnw().out());
    assertEquals(
        home,
        scripts.run("sh", repository.resolve("packaging/requirements").toString(), "jdk").out());
  }

  @Test
  void anOlderJdkIsNamedAndIsNotWhatMavenRunsOn() throws Exception {
    installMaven();
    Path old = FakeJdk.write(folder.resolve("an old jdk"), "17.0.1");
    scripts.environment.put("JAVA_HOME", old.toString());
    assertTrue(
        mvnw().onlyWord().contains("found none but 17 in " + old + " (looked at JAVA_HOME,"));

    scripts.environment.put("PAG_FETCH_JDK", "yes");

    assertTrue(mvnw().out().endsWith("/pag-explorer/jdk/fake-25.0.9+1 verify a b"));
  }

  @Test
  void aJavaHomeThatNamesNothingIsSaidOrPassedOver() throws Exception {
    installMaven();
    scripts.environment.put("JAVA_HOME", folder.resolve("gone").toString());
    assertTrue(mvnw().onlyWord().contains("looked at JAVA_HOME, which names no JDK,"));

    Path jdk = FakeJdk.write(folder.resolve("my home/.jdks/a jdk"), "26.1");
    scripts.environment.put("HOME", folder.resolve("my home").toString());

    assertEquals(jdk + " verify a b", mvnw().out());
  }

  @Test
  void aJavaHomeThatWorksIsLeftAlone() throws Exception {
    installMaven();
    Path jdk = FakeJdk.write(folder.resolve("a jdk"), "25.0.1");
    FakeJdk.write(folder.resolve("my home/.jdks/newer"), "26.1");
    scripts.environment.put("JAVA_HOME", jdk.toString());

    assertEquals(jdk + " verify a b", mvnw().out());
  }

  @Test
  void mavenIsUnpackedByTheJdkWhereThereIsNoUnzip() throws Exception {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("apache-maven-9/bin/mvn"));
      out.write("#!/bin/sh\necho a Maven: $*\n".getBytes(UTF_8));
    }
    server.put(MAVEN, zip.toByteArray());
    properties(server.address() + "/" + MAVEN, Scripts.sha256(zip.toByteArray()));
    scripts.environment.put("JAVA_HOME", System.getProperty("java.home"));

    Outcome outcome = mvnw();

    assertEquals("a Maven: verify a b", outcome.out(), () -> outcome.words().toString());
  }

  @Test
  void mvnwIsMavensOwnButForOneLine() throws IOException {
    assertMavens(
        "mvnw",
        """

        # PAG Explorer's, not Maven's: where no JDK 25 is installed, one is offered (docs/install.md).
        . "$scriptDir/packaging/maven-jdk"
        """,
        "cae96cef89ebea3531221f4ae17c23cf8edf67d00eae8306d4186ae1bbed4d02");
    assertMavens(
        "mvnw.cmd",
        """
        @REM PAG Explorer's, not Maven's: where no JDK 25 is installed, one is offered (docs/install.md).
        @SETLOCAL
        @CALL "%~dp0packaging\\maven-jdk.cmd"
        @IF ERRORLEVEL 1 EXIT /B 1

        """,
        "4a361e1374a3e5ad6d03e18e9adc0cf181ac5058ac6203b76f0ba3b456b56481");
  }

  /** Without its own lines a file is that of maven-wrapper 3.3.4, with LF at the ends of lines. */
  private static void assertMavens(String name, String own, String hash) throws IOException {
    String text = Files.readString(Scripts.REPOSITORY.resolve(name)).replace("\r\n", "\n");

    assertTrue(text.contains(own), name + " has lost its lines for packaging/maven-jdk.");
    String rest = text.replace(own, "");
    assertEquals(hash, Scripts.sha256(rest.getBytes(UTF_8)), name + " is not Maven's otherwise.");
  }
}
