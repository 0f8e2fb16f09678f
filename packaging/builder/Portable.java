import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** One archive for a Linux server: Java, jars and models, but no window and no PyTorch. */
final class Portable {
  private static final String FONT = "org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final long LARGEST = 60_000_000;

  private final Project project;

  Portable(Project project) {
    this.project = project;
  }

  Path build() throws IOException, InterruptedException {
    String system = System.getProperty("os.name");
    if (!system.equals("Linux")) {
      throw new IllegalStateException("The portable bundle is for Linux and is built there.");
    }
    String arch = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    String name = project.id() + '-' + project.version() + "-portable-linux-" + arch;
    Path stage = Folders.fresh(project.packages().resolve("stage-portable"));
    Path home = Files.createDirectories(stage.resolve(name));
    Path lib = Files.createDirectories(home.resolve("lib"));
    for (Path jar : project.jars()) {
      if (!Project.isNatives(jar) && !Project.isWindows(jar)) {
        copyForLinux(jar, lib.resolve(jar.getFileName()), arch);
      }
    }
    project.copyContent(home);
    project.link(home.resolve("java")); // gzip packs it better as a whole than jlink in pieces
    letters(home.resolve("java/lib"));
    Path pag = Files.createDirectories(home.resolve("bin")).resolve("pag");
    Files.copy(project.root().resolve("packaging/portable/pag"), pag);
    Files.copy(project.root().resolve("packaging/portable/README"), home.resolve("README"));
    Folders.date(home, project.epoch());
    Path archive = project.packages().resolve(name + ".tar.gz");
    pack(stage, name, archive);
    Folders.delete(stage);
    if (Files.size(archive) > LARGEST) {
      throw new IllegalStateException(archive + " is larger than 60 MB.");
    }
    return archive;
  }

  /** Leaves out what JNA and DJL bring for other systems. */
  private static void copyForLinux(Path jar, Path to, String arch) throws IOException {
    String name = jar.getFileName().toString();
    if (!name.startsWith("jna-") && !name.startsWith("pytorch-jni-")) {
      Files.copy(jar, to);
      return;
    }
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry : from.stream().map(ZipEntry.class::cast).toList()) {
        boolean isNative = entry.getName().matches(".*\\.(so|dll|dylib|jnilib|a)");
        String own = ".*/linux-" + arch.replace("_", "[-_]") + "/.*";
        if (!isNative || entry.getName().matches(own)) {
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
          out.putNextEntry(copy);
          from.getInputStream(entry).transferTo(out);
          out.closeEntry();
        }
      }
    }
  }

  /** A server has no fonts, and Java does not letter figures without: one comes with PDFBox. */
  private void letters(Path lib) throws IOException {
    Path fonts = Files.createDirectories(lib.resolve("fonts"));
    Path jar =
        project.jars().stream()
            .filter(path -> path.getFileName().toString().startsWith("pdfbox-"))
            .filter(path -> path.getFileName().toString().matches("pdfbox-[0-9.]+\\.jar"))
            .findFirst()
            .orElseThrow();
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(FONT))) {
      Files.copy(in, fonts.resolve("LiberationSans-Regular.ttf"));
    }
    Files.copy(
        project.root().resolve("packaging/portable/fontconfig.properties"),
        lib.resolve("pag-fontconfig.properties"));
  }

  private void pack(Path stage, String name, Path archive)
      throws IOException, InterruptedException {
    Path tar = stage.resolve("portable.tar");
    Build.execute(
        stage,
        project.epoch(),
        "tar",
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mode=go=rX,u+rw,a-s",
        "--mtime=@" + project.epoch(),
        "--format=gnu",
        "-cf",
        tar.toString(),
        name);
    Build.execute(stage, project.epoch(), "gzip", "-n", "-9", tar.toString());
    Files.move(
        stage.resolve("portable.tar.gz"),
        archive,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
