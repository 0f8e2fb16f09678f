package org.pagexplorer.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.natives.NativeLibraries;

/**
 * PyTorch on one device. Belongs to the thread that opened it: the switches of autograd and of
 * TorchScript's optimizer are a thread's own.
 *
 * <p>The first use on a machine unpacks PyTorch (seconds).
 */
public final class TorchEngine implements AutoCloseable {
  /** Read as soon as PyTorch is loaded, before anybody sets another number; 0 until then. */
  private static int usualThreads;

  private final String device;
  private final NDManager manager;
  private final Autograd autograd;

  private TorchEngine(String device, NDManager manager) {
    this.device = device;
    this.manager = manager;
    JniUtils.setGradMode(true);
    // The optimizer profiles a method's first calls and rounds otherwise from then on, so that a
    // training that is resumed in another process would end with other weights.
    JniUtils.setGraphExecutorOptimize(false);
    autograd = new Autograd(manager);
  }

  /**
   * Opens a device.
   *
   * @param device {@code cpu}, {@code cuda:0}, {@code cuda:1}, …, or {@code mps}
   * @throws UserException if there is no such device or the engine cannot be loaded
   */
  public static TorchEngine open(String device) {
    List<String> devices = devices();
    if (!devices.contains(device)) {
      throw new UserException(
          "There is no device \""
              + device
              + "\" here; choose one of "
              + String.join(", ", devices)
              + ".");
    }
    return new TorchEngine(device, engine().newBaseManager(toDjl(device)));
  }

  /** The devices that this machine and this PyTorch have, the CPU first. */
  public static List<String> devices() {
    List<String> devices = new ArrayList<>(List.of("cpu"));
    for (int i = 0; i < engine().getGpuCount(); i++) {
      devices.add("cuda:" + i);
    }
    if (AppleGpu.isPossible(System.getProperty("os.name"), System.getProperty("os.arch"))
        && AppleGpu.answers(engine()::newBaseManager)) {
      devices.add(AppleGpu.NAME);
    }
    return devices;
  }

  /** What whoever computes on a device should know, in a sentence. */
  public static Optional<String> remark(String device) {
    return device.equals(AppleGpu.NAME)
        ? Optional.of(
            "Apple's GPU is untried with PAG Explorer: it computes in float32, and what PyTorch"
                + " cannot do there runs on the CPU; compare a few numbers with --device cpu.")
        : Optional.empty();
  }

  /** The folder in which unpacked and downloaded libraries are kept. */
  public static Path cache() {
    return Utils.getEngineCacheDir("pytorch");
  }

  /** PyTorch's version, for instance {@code 2.7.1}. */
  public static String version() {
    return engine().getVersion();
  }

  /**
   * Sets how many threads PyTorch computes with on the CPU for the calling thread, and for those
   * that have never computed: at most one per core, since thousands would stop the machine; 0 takes
   * PyTorch's own number.
   */
  public static void useThreads(int threads) {
    engine(); // loads PyTorch, if this is its first use
    int bounded = Math.min(threads, Runtime.getRuntime().availableProcessors());
    JniUtils.setNumThreads(bounded > 0 ? bounded : usualThreads);
  }

  /** How many threads the calling thread's computations take. */
  public static int threads() {
    engine();
    return JniUtils.getNumThreads();
  }

  private static synchronized Engine engine() {
    NativeLibraries.ensure();
    try {
      Engine engine = Engine.getEngine("PyTorch");
      usualThreads = usualThreads > 0 ? usualThreads : JniUtils.getNumThreads();
      return engine;
    } catch (RuntimeException | LinkageError e) {
      throw new UserException(
          "PyTorch could not be loaded ("
              + e.getMessage()
              + "): pag doctor shows what may be wrong.",
          e);
    }
  }

  private static Device toDjl(String device) {
    return switch (device) {
      case "cpu" -> Device.cpu();
      case AppleGpu.NAME -> AppleGpu.DEVICE;
      default -> Device.gpu(Integer.parseInt(device.substring("cuda:".length())));
    };
  }

  public String device() {
    return device;
  }

  NDManager manager() {
    return manager;
  }

  Autograd autograd() {
    return autograd;
  }

  @Override
  public void close() {
    autograd.close();
    manager.close();
  }
}
