package org.pagexplorer.engine.natives;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;

/**
 * Brings PyTorch's native libraries to where DJL loads them from, once a process.
 *
 * <p>They are looked for, in this order: where {@code --torch} or {@code PYTORCH_LIBRARY_PATH}
 * says, in the installation, in a jar on the class path, in what was downloaded before, in Python;
 * and are downloaded where they are nowhere, unless {@code -Dpag.torch.download=false}.
 */
public final class NativeLibraries {
  private static final ReentrantLock SETTING_UP = new ReentrantLock();
  private static final int PATIENCE_SECONDS = 3;
  private static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";

  /** The bundle for servers fetches nothing. */
  private static final boolean DOWNLOADS =
      Boolean.parseBoolean(System.getProperty("pag.torch.download", "true"));

  // Read and written without the lock, which is held as long as something is fetched.
  private static volatile Preparation preparation = Preparation.SILENT;
  private static volatile Optional<InUse> inUse = Optional.empty();

  private NativeLibraries() {}

  /**
   * What was found.
   *
   * @param flavor {@code cpu} or {@code cu128}
   * @param origin in words, for instance {@code in this installation}
   */
  public record InUse(Path folder, String flavor, String origin) {}

  /** Who is told, and asked, from now on. */
  public static void observe(Preparation observer) {
    preparation = observer;
  }

  /** What this process uses; empty before it was needed. */
  public static Optional<InUse> inUse() {
    return inUse;
  }

  /** The version of PyTorch that this program works with, for instance {@code 2.7.1}. */
  public static String version() {
    return Build.version();
  }

  /**
   * Finds or fetches them.
   *
   * @throws UserException with one sentence if there are none that will do
   */
  public static InUse ensure() {
    SETTING_UP.lock();
    try {
      return ensure(DOWNLOADS);
    } finally {
      SETTING_UP.unlock();
    }
  }

  /**
   * Finds them, or unpacks them, but fetches nothing.
   *
   * @throws UserException with one sentence if there are none here that will do, or if they are
   *     arriving at this moment
   */
  public static InUse ensureHere() {
    try {
      if (!SETTING_UP.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new UserException("PyTorch is being set up at the moment; try again afterward.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted.", e);
    }
    try {
      return ensure(false);
    } finally {
      SETTING_UP.unlock();
    }
  }

  private static InUse ensure(boolean mayDownload) {
    if (inUse.isEmpty()) {
      inUse = Optional.of(prepare(mayDownload));
      preparation.arrived();
    }
    return inUse.orElseThrow();
  }

  private static InUse prepare(boolean mayDownload) {
    InUse found =
        named()
            .or(NativeLibraries::installed)
            .or(NativeLibraries::bundled)
            .orElseGet(() -> elsewhere(mayDownload));
    refuseOverrides(found.flavor());
    // DJL reads the environment first, which names this very folder where it names one.
    System.setProperty(LIBRARY_PATH, found.folder().toString());
    System.setProperty("PYTORCH_FLAVOR", found.flavor());
    System.setProperty(
        "jna.library.path",
        String.join(System.getProperty("path.separator"), cudaRuntimes(found.folder())));
    // PyTorch's threads wait by sleeping, not by spinning, so that a training beside the window
    // costs it only its share.
    Environment.set("OMP_WAIT_POLICY", "passive");
    // What is called float32 is: cuDNN's convolutions would take TF32's 10 bits from Ampere on.
    Environment.set("NVIDIA_TF32_OVERRIDE", "0");
    // What PyTorch cannot compute on Apple's GPU it computes on the CPU.
    Environment.set("PYTORCH_ENABLE_MPS_FALLBACK", "1");
    JniPart.ensure(found.folder(), found.flavor(), preparation);
    ProcessExit.skipDestructors();
    return found;
  }

  /** DJL would fetch another native part for these, and load it unchecked. */
  private static void refuseOverrides(String flavor) {
    String version = Objects.requireNonNullElse(System.getenv("PYTORCH_VERSION"), "");
    String named = Objects.requireNonNullElse(System.getenv("PYTORCH_FLAVOR"), "");
    if (!version.isEmpty() || !(named.isEmpty() || named.equals(flavor))) {
      throw new UserException(
          "Unset "
              + (version.isEmpty() ? "PYTORCH_FLAVOR" : "PYTORCH_VERSION")
              + ": PAG Explorer works with "
              + Build.title(flavor)
              + " here.");
    }
  }

  /** Where DJL finds the CUDA runtime with which it counts GPUs. */
  private static List<String> cudaRuntimes(Path folder) {
    return Stream.of(folder, folder.resolve("../../nvidia/cuda_runtime/lib").normalize())
        .map(Path::toString)
        .toList();
  }

  private static InUse use(Path place, String origin) {
    TorchFolder folder = TorchFolder.read(place);
    return new InUse(folder.folder(), folder.flavor(), origin);
  }

  private static Optional<InUse> named() {
    String option = System.getProperty("pag.torch", "");
    String variable = System.getenv(LIBRARY_PATH);
    if (variable == null || variable.isEmpty()) {
      return option.isEmpty()
          ? Optional.empty()
          : Optional.of(use(UserPath.of(option), "named by --torch"));
    }
    InUse found = use(UserPath.of(variable), "named by " + LIBRARY_PATH);
    if (!option.isEmpty()
        && !TorchFolder.read(UserPath.of(option)).folder().equals(found.folder())) {
      throw new UserException(
          LIBRARY_PATH
              + " names "
              + variable
              + " and --torch another folder: unset the variable, or leave --torch out.");
    }
    if (!found.folder().equals(UserPath.of(variable).toAbsolutePath().normalize())) {
      throw new UserException(
          "Set " + LIBRARY_PATH + " to " + found.folder() + ", where the libraries are.");
    }
    return Optional.of(found);
  }

  private static Optional<InUse> installed() {
    String folder = System.getProperty("pag.natives", "");
    return folder.isEmpty() || !Files.isDirectory(UserPath.of(folder))
        ? Optional.empty()
        : Optional.of(use(UserPath.of(folder), "in this installation"));
  }

  private static Optional<InUse> bundled() {
    Optional<BundledTorch> jar = BundledTorch.find();
    jar.ifPresent(found -> found.ensure(preparation));
    return jar.map(found -> use(found.folder(), "unpacked from this program"));
  }

  private static InUse elsewhere(boolean mayDownload) {
    boolean gpu =
        Build.system().endsWith("x86_64")
            && NvidiaDriver.find().filter(NvidiaDriver::isRecentEnough).isPresent();
    TorchDownload download = new TorchDownload(gpu ? Build.CUDA_FLAVOR : Build.CPU_FLAVOR);
    if (download.isThere(preparation)) {
      return use(download.folder(), "downloaded before");
    }
    Optional<Path> python = PythonTorch.folder();
    if (python.isPresent()) {
      try {
        return use(python.get(), "Python's");
      } catch (UserException e) {
        if (!mayDownload) {
          throw e;
        }
      }
    }
    if (!mayDownload) {
      if (DOWNLOADS) {
        throw new UserException(
            Build.title(download.flavor())
                + " is not on this machine yet: the first command that needs it, or the window,"
                + " offers to download it. Or specify its folder with --torch DIR.");
      }
      throw new UserException(
          "PyTorch was not found here or in python3: install PyTorch "
              + Build.version()
              + " (pip install torch=="
              + Build.version()
              + "), or specify its folder with --torch DIR.");
    }
    download.fetch(preparation);
    return use(download.folder(), "downloaded");
  }
}
