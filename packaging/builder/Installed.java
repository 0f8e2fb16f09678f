import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Packages with a window, made by jpackage. */
final class Installed {
  /** Windows tells an update of the same program by this. */
  private static final String UPGRADE_UUID = "0d1b6d34-5d3c-4d0a-9f0e-6c3a2f6f9b11";

  private final Project project;
  private final boolean cuda;
  private final Path stage;

  Installed(Project project, boolean cuda) throws IOException {
    this.project = project;
    this.cuda = cuda;
    stage = project.packages().resolve("stage-" + flavor());
  }

  private String flavor() {
    return cuda ? "cuda" : "cpu";
  }

  /** The folder that holds everything. */
  Path appImage() throws IOException, InterruptedException {
    Path to = Files.createDirectories(project.packages().resolve(flavor()));
    Path image = to.resolve(mac() ? project.id() + ".app" : project.id());
    Folders.delete(image);
    pack("app-image", to, List.of());
    Folders.date(image, project.epoch());
    return image;
  }

  /** An installer for Windows or macOS. */
  Path installer(String kind) throws IOException, InterruptedException {
    Folders.fresh(stage);
    Path to = Folders.fresh(project.packages().resolve("installer-" + flavor()));
    List<String> own = new ArrayList<>(kind.equals("msi") ? windows() : macos());
    own.addAll(List.of("--file-associations", association().toString()));
    own.addAll(List.of("--license-file", project.root().resolve("LICENSE").toString()));
    pack(kind, to, own);
    Path made;
    try (Stream<Path> files = Files.list(to)) {
      made = files.filter(file -> file.toString().endsWith('.' + kind)).findFirst().orElseThrow();
    }
    Path named =
        project
            .packages()
            .resolve("%s-%s-%s.%s".formatted(project.id(), project.version(), flavor(), kind));
    Files.move(made, named, StandardCopyOption.REPLACE_EXISTING);
    Folders.delete(to);
    return named;
  }

  private void pack(String kind, Path to, List<String> own)
      throws IOException, InterruptedException {
    Path input = Folders.fresh(stage.resolve("input"));
    for (Path jar : project.jars()) {
      if (!Project.isNatives(jar)) {
        Files.copy(jar, input.resolve(jar.getFileName()));
      }
    }
    project.copyContent(input);
    if (!cuda) {
      Natives.unpack(project, input.resolve("natives"));
    }
    Path runtime = stage.resolve("runtime");
    Folders.delete(runtime);
    project.link(runtime);
    List<String> command = new ArrayList<>(common(kind, to));
    command.addAll(List.of("--input", input.toString(), "--runtime-image", runtime.toString()));
    command.addAll(List.of("--main-jar", project.id() + ".jar"));
    command.addAll(List.of("--main-class", "org.pagexplorer.Main"));
    for (String option : options(true)) {
      command.addAll(List.of("--java-options", option));
    }
    command.addAll(List.of("--add-launcher", "pag=" + commandLine()));
    command.addAll(own);
    Build.execute(project.root(), project.epoch(), command.toArray(String[]::new));
    Folders.delete(stage);
  }

  private static boolean mac() {
    return System.getProperty("os.name").startsWith("Mac");
  }

  private List<String> common(String kind, Path to) throws IOException {
    return List.of(
        Build.tool("jpackage"),
        "--type",
        kind,
        "--name",
        project.id(),
        "--app-version",
        version(),
        "--description",
        project.title() + ": " + project.description(),
        "--vendor",
        project.title(),
        "--icon",
        Icons.forThisSystem(project.icon(), stage).toString(),
        "--dest",
        to.toString());
  }

  /** macOS wants a first number above zero. */
  private String version() {
    return mac() ? project.version().replaceFirst("^0\\.", "1.") : project.version();
  }

  /** As packaging/pag starts it, which says why. */
  private static List<String> options(boolean window) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:MaxDirectMemorySize=1g",
                "-Dpag.home=$APPDIR",
                "-Dpag.natives=$APPDIR/natives"));
    if (window) {
      options.add("-XX:TieredStopAtLevel=1");
    }
    return options;
  }

  /** The second launcher: the same program, for commands. */
  private Path commandLine() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("java-options=" + String.join(" ", options(false)));
    if (System.getProperty("os.name").startsWith("Windows")) {
      lines.add("win-console=true");
    }
    lines.add("icon=" + Icons.forThisSystem(project.icon(), stage).toString().replace('\\', '/'));
    return Files.write(stage.resolve("pag.properties"), lines);
  }

  private Path association() throws IOException {
    return Files.write(
        stage.resolve("safetensors.properties"),
        List.of(
            "extension=safetensors",
            "mime-type=application/x-safetensors",
            "description=Checkpoint of a neural network"));
  }

  private static List<String> macos() {
    return List.of("--mac-package-identifier", "org.pagexplorer");
  }

  private static List<String> windows() {
    return List.of(
        "--win-dir-chooser", "--win-menu", "--win-shortcut", "--win-upgrade-uuid", UPGRADE_UUID);
  }
}
