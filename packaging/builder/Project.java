import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is packed.
 *
 * @param root the repository
 * @param id the name of files and packages
 * @param title the name for people
 * @param version for instance {@code 0.1.0}
 * @param epoch the commit's time, seconds since 1970
 */
record Project(Path root, String id, String title, String version, String description, long epoch) {

  /** Every module that the program or a library of it uses; what else Java has stays out. */
  static final String MODULES =
      "java.base,java.desktop,java.logging,java.management,java.net.http,java.xml,"
          + "jdk.management,jdk.unsupported,jdk.zipfs";

  /** Of a source tree, from anywhere in it. */
  static Project read(Path start) throws IOException, InterruptedException {
    Path root = start;
    while (!Files.exists(root.resolve("pom.xml"))) {
      root = root.getParent();
      if (root == null) {
        throw new IllegalStateException("Run this in PAG Explorer's source tree.");
      }
    }
    String pom = Files.readString(root.resolve("pom.xml"));
    return new Project(
        root,
        element(pom, "artifactId"),
        element(pom, "name"),
        element(pom, "version"),
        element(pom, "description"),
        epoch(root));
  }

  /** The first of its name, which is the project's own. */
  private static String element(String pom, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(pom);
    if (!matcher.find()) {
      throw new IllegalStateException("pom.xml has no <" + name + ">.");
    }
    return matcher.group(1);
  }

  private static long epoch(Path root) throws IOException, InterruptedException {
    String given = System.getenv("SOURCE_DATE_EPOCH");
    if (given != null && !given.isEmpty()) {
      return Long.parseLong(given);
    }
    Process git =
        new ProcessBuilder("git", "-C", root.toString(), "log", "-1", "--format=%ct")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (git.waitFor() != 0 || said.isEmpty()) {
      throw new IllegalStateException(
          "This is no git checkout: set SOURCE_DATE_EPOCH to the time that files should have.");
    }
    return Long.parseLong(said);
  }

  void compile() throws IOException, InterruptedException {
    // They may be of before, and whoever starts the program meanwhile is to see that it is not built.
    Files.deleteIfExists(root.resolve("target/" + id + ".jar"));
    Folders.delete(root.resolve("target/lib"));
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Build.execute(
        root,
        epoch,
        root.resolve(windows ? "mvnw.cmd" : "mvnw").toString(),
        "-B",
        "-q",
        "-Drequirements=build",
        "-Dformat.skip=true",
        "-Dmaven.test.skip=true",
        "package");
  }

  Path packages() throws IOException {
    return Files.createDirectories(root.resolve("target/packages"));
  }

  Path icon() {
    return root.resolve("assets/icon.png");
  }

  /** The program and its libraries, in order. */
  List<Path> jars() throws IOException {
    try (Stream<Path> libraries = Files.list(root.resolve("target/lib"))) {
      return Stream.concat(Stream.of(root.resolve("target/" + id + ".jar")), libraries.sorted())
          .toList();
    }
  }

  /** PyTorch for the CPU. */
  static boolean isNatives(Path jar) {
    return jar.getFileName().toString().startsWith("pytorch-native-");
  }

  /** What the window alone needs. */
  static boolean isWindows(Path jar) {
    return Stream.of("javafx-", "controlsfx", "ikonli-", "atlantafx-", "org.jfree", "jfreechart")
        .anyMatch(jar.getFileName().toString()::startsWith);
  }

  /** Copies models, samples, icon and licence. */
  void copyContent(Path to) throws IOException {
    Folders.copy(root.resolve("models"), to.resolve("models"));
    Folders.copy(root.resolve("assets/samples"), to.resolve("assets/samples"));
    Files.copy(icon(), to.resolve("assets/icon.png"));
    Files.copy(root.resolve("LICENSE"), to.resolve("LICENSE"));
  }

  /** Makes the smallest Java that runs the program. */
  void link(Path to, String... own) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Build.tool("jlink"), "--add-modules", MODULES, "--strip-debug"));
    command.addAll(List.of("--no-header-files", "--no-man-pages", "--output", to.toString()));
    command.addAll(List.of(own));
    Build.execute(root, epoch, command.toArray(String[]::new));
  }
}
