package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** Which PyTorch this program's own native part was built for. */
final class Build {
  /** The CUDA that DJL's native part was built for. */
  static final String CUDA_FLAVOR = "cu128";

  static final String CPU_FLAVOR = "cpu";

  private Build() {}

  /** For instance {@code 2.7.1}. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("/jnilib/pytorch.properties")) {
      if (in == null) {
        throw new IllegalStateException("pytorch-jni is missing from the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("jni_version").split("-", 2)[0];
  }

  /** DJL's name for this system, for instance {@code linux-x86_64}. */
  static String system() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch =
        List.of("amd64", "x86_64").contains(System.getProperty("os.arch")) ? "x86_64" : "aarch64";
    return (os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux") + '-' + arch;
  }

  /** In words, for instance {@code PyTorch 2.7.1 for CUDA 12.8}. */
  static String title(String flavor) {
    return "PyTorch "
        + version()
        + (flavor.equals(CUDA_FLAVOR) ? " for CUDA 12.8" : " for the CPU");
  }
}
