import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A Debian package of the application's folder. It has no scripts: menus, icons and file types are
 * files where their owners look, so that nothing can fail on a machine without a desktop, and
 * removal leaves nothing.
 *
 * <p>jpackage's own package registers them by xdg-utils in scripts, which fail where no desktop is.
 */
final class Debian {
  /** JavaFX's and PyTorch's own needs; the newest symbol they use is glibc 2.29's. */
  private static final String DEPENDS =
      "libc6 (>= 2.29), libstdc++6, libgcc-s1, zlib1g, libpangoft2-1.0-0,"
          + " libgtk-3-0t64 | libgtk-3-0, libx11-6, libxtst6, libxxf86vm1, fontconfig,"
          + " fonts-dejavu-core | fonts-liberation";

  private final Project project;
  private final boolean cuda;

  Debian(Project project, boolean cuda) {
    this.project = project;
    this.cuda = cuda;
  }

  Path build() throws IOException, InterruptedException {
    Path image = new Installed(project, cuda).appImage();
    Path tree = Folders.fresh(project.packages().resolve("stage-deb"));
    String id = project.id();
    Folders.copy(image, tree.resolve("opt/" + id));
    write(tree, "usr/share/applications/" + id + ".desktop", desktop());
    write(tree, "usr/share/mime/packages/" + id + ".xml", mime());
    write(tree, "usr/share/doc/" + id + "/copyright", copyright());
    Path icons = Files.createDirectories(tree.resolve("usr/share/icons/hicolor/256x256/apps"));
    Files.copy(project.icon(), icons.resolve(id + ".png"));
    Path bin = Files.createDirectories(tree.resolve("usr/bin"));
    Files.createSymbolicLink(bin.resolve(id), Path.of("/opt", id, "bin", id));
    write(tree, "usr/bin/pag", commandLine());
    if (!bin.resolve("pag").toFile().setExecutable(true, false)) {
      throw new IOException(bin.resolve("pag") + " cannot be made executable.");
    }
    write(tree, "DEBIAN/md5sums", sums(tree));
    write(tree, "DEBIAN/control", control(tree));
    Folders.date(tree, project.epoch());
    Path deb =
        project
            .packages()
            .resolve(
                "%s_%s_%s-%s.deb"
                    .formatted(id, project.version(), architecture(), cuda ? "cuda" : "cpu"));
    Build.execute(
        project.root(),
        project.epoch(),
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        "--build",
        tree.toString(),
        deb.toString());
    Folders.delete(tree);
    return deb;
  }

  private static void write(Path tree, String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("amd64") ? "amd64" : "arm64";
  }

  /** The launcher itself cannot choose the encoding of files' names: Java reads it at its start. */
  private String commandLine() {
    return """
    #!/bin/sh
    # In an ASCII locale, as in most containers, Java would lose names like "é".
    case $(locale charmap 2>/dev/null) in
      ANSI_X3.4-1968 | US-ASCII | 646) export LC_ALL=C.UTF-8 ;;
    esac
    exec /opt/%s/bin/pag "$@"
    """
        .formatted(project.id());
  }

  private String desktop() {
    return """
    [Desktop Entry]
    Type=Application
    Name=%s
    Comment=%s
    Exec=/opt/%s/bin/%s %%F
    Icon=%s
    Terminal=false
    Categories=Science;Education;ArtificialIntelligence;
    MimeType=application/x-safetensors;
    """
        .formatted(
            project.title(), project.description(), project.id(), project.id(), project.id());
  }

  private static String mime() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
      <mime-type type="application/x-safetensors">
        <comment>Checkpoint of a neural network</comment>
        <glob pattern="*.safetensors"/>
      </mime-type>
    </mime-info>
    """;
  }

  private String copyright() {
    return """
    Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
    Upstream-Name: %s

    Files: *
    Copyright: the founding developers of %s
    License: Apache-2.0
     The full text is in /usr/share/common-licenses/Apache-2.0 and /opt/%s/lib/app/LICENSE.
     Java's notices are in /opt/%s/lib/runtime/legal; each library's are in its jar.
    """
        .formatted(project.title(), project.title(), project.id(), project.id());
  }

  private String control(Path tree) throws IOException {
    return """
    Package: %s
    Version: %s
    Architecture: %s
    Maintainer: %s developers <%s@localhost>
    Installed-Size: %d
    Depends: %s
    Recommends: libgl1
    Section: science
    Priority: optional
    Description: %s
     A window and a command line (pag) for attacking, comparing, measuring and training
     image classifiers, after "Do Perceptually Aligned Gradients Imply Adversarial
     Robustness?". %s
    """
        .formatted(
            project.id(),
            project.version(),
            architecture(),
            project.title(),
            project.id(),
            Folders.size(tree) / 1024,
            DEPENDS,
            project.description().replaceFirst("\\.$", ""),
            cuda
                ? "Finds or fetches PyTorch for CUDA at its first start."
                : "Holds PyTorch for the CPU.");
  }

  /** One line a file, as dpkg checks them. */
  private static String sums(Path tree) throws IOException {
    StringBuilder lines = new StringBuilder();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Debian::isPlain).sorted().toList()) {
        lines.append(md5(file)).append("  ").append(tree.relativize(file)).append('\n');
      }
    }
    return lines.toString();
  }

  private static boolean isPlain(Path file) {
    return Files.isRegularFile(file) && !Files.isSymbolicLink(file);
  }

  private static String md5(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
