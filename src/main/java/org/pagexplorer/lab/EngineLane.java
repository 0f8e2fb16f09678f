package org.pagexplorer.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;

/**
 * The engine's thread: every load, forward pass and gradient of a window runs here, in the order
 * asked for. Keeps the last few models on the device.
 */
public final class EngineLane implements AutoCloseable {
  /** Loaded models of one precision; a width-64 ResNet-18 takes about 45 MB. */
  private static final int KEPT_MODELS = 12;

  private final ExecutorService thread;
  private final Function<String, TorchEngine> open;
  private final LinkedHashMap<Key, Classifier> models = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable TorchEngine engine;
  private String device;

  private record Key(Path file, Precision precision) {}

  /** Work for the lane. */
  @FunctionalInterface
  public interface Work<T> {
    T run(EngineLane lane) throws Exception;
  }

  /**
   * Starts the thread; PyTorch is loaded by the first work.
   *
   * @param device {@code cpu}, {@code cuda:0}, …
   */
  public EngineLane(String device) {
    this(device, "engine");
  }

  /**
   * @param name the thread's
   */
  public EngineLane(String device, String name) {
    this(device, name, TorchEngine::open);
  }

  /**
   * @param open opens the device of that name
   */
  public EngineLane(String device, String name, Function<String, TorchEngine> open) {
    this.device = device;
    this.open = open;
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Runs work after what was asked for before; the future fails with what the work throws. */
  public <T> CompletableFuture<T> submit(Work<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            future.complete(work.run(this));
          } catch (Throwable e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  /** Loads PyTorch and says which devices there are. */
  public CompletableFuture<List<String>> start() {
    return submit(
        lane -> {
          lane.engine();
          return TorchEngine.devices();
        });
  }

  /** Moves to another device; models are loaded anew there. */
  public CompletableFuture<String> useDevice(String newDevice) {
    return submit(
        lane -> {
          TorchEngine next = open.apply(newDevice);
          lane.release();
          lane.engine = next;
          lane.device = newDevice;
          return newDevice;
        });
  }

  /** The engine; only from work on the lane. */
  public TorchEngine engine() {
    TorchEngine opened = engine;
    if (opened == null) {
      opened = open.apply(device);
      engine = opened;
    }
    return opened;
  }

  /** Where it computes; only from work on the lane. */
  public String device() {
    return device;
  }

  /** The classifier of a model file, read at its first use; only from work on the lane. */
  public Classifier classifier(Path file, Precision precision) {
    Key key = new Key(file, precision);
    Classifier classifier = models.get(key);
    if (classifier == null) {
      classifier = OpenModel.read(file).classifier(engine(), precision);
      models.put(key, classifier);
      forgetOldest();
    }
    return classifier;
  }

  private void forgetOldest() {
    while (models.size() > KEPT_MODELS) {
      var oldest = models.firstEntry();
      models.remove(oldest.getKey());
      oldest.getValue().close();
    }
  }

  private void release() {
    models.values().forEach(Classifier::close);
    models.clear();
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }

  /** Frees the device and ends the thread, after the work under way. */
  @Override
  public void close() {
    thread.execute(this::release);
    thread.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
