package org.pagexplorer.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the scripts take for a JDK: three files, and an archive of them of some kilobytes. */
final class FakeJdk {
  static final String NAME = "Fake JDK 25.0.9+1";
  static final String ARCHIVE = "fake-jdk.tar.gz";
  private static final String FOLDER = "fake-25.0.9+1";

  private FakeJdk() {}

  /** Makes one of a version, which can be run. */
  static Path write(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      script(home.resolve("bin").resolve(program), "echo fake " + version + " >&2");
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static byte[] archive(Path folder) throws IOException, InterruptedException {
    Path home = write(folder.resolve("packed/jdk-25.0.9+1"), "25.0.9");
    byte[] ballast = new byte[20_000]; // does not shrink, so that there is something to break off
    new Random(1).nextBytes(ballast);
    Files.write(home.resolve("modules"), ballast);
    Path archive = folder.resolve(ARCHIVE);
    List<String> command =
        List.of("tar", "-czf", archive.toString(), "-C", folder + "/packed", "jdk-25.0.9+1");
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    return Files.readAllBytes(archive);
  }

  /** A list as packaging/jdk.list, for every platform that tests run on. */
  static Path list(Path folder, String url, byte[] archive) throws IOException {
    String head = "# For tests.\nname " + NAME + "\nfolder " + FOLDER + "\nurl " + url + "\n";
    String lines =
        Stream.of("linux", "musl", "mac")
            .flatMap(system -> Stream.of(system + "-x64 ", system + "-aarch64 "))
            .map(platform -> platform + Scripts.sha256(archive) + " " + ARCHIVE + "\n")
            .collect(Collectors.joining());
    return Files.write(folder.resolve("fake jdk.list"), (head + lines).getBytes(UTF_8));
  }
}
