import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code packaging/build KIND [--cuda]}: makes a package of the working tree, with what it is
 * called, which version it is and how it looks taken from {@code pom.xml} and {@code
 * assets/icon.png}.
 *
 * <p>Run by the JDK straight from this source. What it makes depends on the commit alone: files
 * have the commit's time, and are listed in order.
 */
public final class Build {
  static final String USAGE =
      """
      Usage: packaging/build KIND [--cuda] [--skip-maven]

        app-image    a folder that holds everything, its own Java included
        deb          a Debian package          (on Debian and its kin)
        msi          a Windows installer       (on Windows, needs WiX; untried)
        dmg          a macOS disk image        (on macOS; untried)
        portable     an archive for a Linux server with a PyTorch of its own: no window, no natives

        --cuda         leaves PyTorch for the CPU out; the first start finds or fetches the CUDA one
        --skip-maven   packs target/pag-explorer.jar as it is

      Packages are written to target/packages.\
      """;

  private static final List<String> KINDS = List.of("app-image", "deb", "msi", "dmg", "portable");

  private Build() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean cuda = words.remove("--cuda");
    boolean skip = words.remove("--skip-maven");
    if (words.contains("--help")) {
      System.out.println(USAGE);
      return;
    }
    if (words.size() != 1 || !KINDS.contains(words.getFirst())) {
      System.err.println(USAGE);
      System.exit(2);
    }
    if (cuda && words.getFirst().equals("portable")) {
      System.err.println("The portable bundle never holds a PyTorch: leave --cuda away.");
      System.exit(2);
    }
    try {
      run(words.getFirst(), cuda, skip);
    } catch (IOException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(String kind, boolean cuda, boolean skip) throws Exception {
    long began = System.nanoTime();
    Project project = Project.read(Path.of("").toAbsolutePath());
    if (!skip) {
      project.compile();
    }
    Path made =
        switch (kind) {
          case "portable" -> new Portable(project).build();
          case "app-image" -> new Installed(project, cuda).appImage();
          case "deb" -> new Debian(project, cuda).build();
          default -> new Installed(project, cuda).installer(kind);
        };
    System.out.printf(
        "%s, %.1f MB, in %.0f s%n",
        project.root().relativize(made),
        Folders.size(made) / 1e6,
        (System.nanoTime() - began) / 1e9);
  }

  /** Runs a program and fails with its name; its output is the user's to read. */
  static void execute(Path folder, long epoch, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put("SOURCE_DATE_EPOCH", Long.toString(epoch));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TZ", "UTC");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          Path.of(command[0]).getFileName() + " ended with " + code + "; its lines above say why.");
    }
  }

  /** A program of the JDK that runs this one. */
  static String tool(String name) {
    String suffix = System.getProperty("os.name").startsWith("Windows") ? ".exe" : "";
    Path tool = Path.of(System.getProperty("java.home"), "bin", name + suffix);
    if (!Files.exists(tool)) {
      throw new IllegalStateException("This Java has no " + name + ": packages need a whole JDK.");
    }
    return tool.toString();
  }
}
