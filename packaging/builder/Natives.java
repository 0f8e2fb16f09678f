import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** PyTorch for the CPU, unpacked, so that no start has to do it and no cache holds it twice. */
final class Natives {
  private Natives() {}

  /** Unpacks the libraries, and DJL's own beside them under the name by which DJL finds it. */
  static void unpack(Project project, Path to) throws IOException {
    Files.createDirectories(to);
    Path jar =
        project.jars().stream()
            .filter(Project::isNatives)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "target/lib has no PyTorch for the CPU: build without -Pcuda."));
    Properties properties = new Properties();
    try (ZipFile natives = new ZipFile(jar.toFile())) {
      properties.load(stream(natives, "native/lib/pytorch.properties"));
      String folder =
          properties.getProperty("flavor") + '/' + properties.getProperty("classifier") + '/';
      for (String library : properties.getProperty("libraries").split(",")) {
        copy(natives, "pytorch/" + folder + library, to.resolve(library));
      }
    }
    Files.writeString(
        to.resolve("build-version"), properties.getProperty("version").split("-", 2)[0] + '\n');
    unpackJni(project, properties.getProperty("classifier"), to);
  }

  private static void unpackJni(Project project, String system, Path to) throws IOException {
    Path jar =
        project.jars().stream()
            .filter(path -> path.getFileName().toString().startsWith("pytorch-jni-"))
            .findFirst()
            .orElseThrow();
    String[] versions =
        jar.getFileName().toString().replaceAll("^pytorch-jni-|\\.jar$", "").split("-");
    String name = System.mapLibraryName("djl_torch");
    try (ZipFile jni = new ZipFile(jar.toFile())) {
      copy(jni, "jnilib/" + system + "/cpu/" + name, to.resolve(versions[1] + '-' + name));
    }
  }

  private static InputStream stream(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException(zip.getName() + " has no " + name);
    }
    return zip.getInputStream(entry);
  }

  private static void copy(ZipFile zip, String name, Path to) throws IOException {
    try (InputStream in = stream(zip, name)) {
      Files.copy(in, to);
    }
  }
}
