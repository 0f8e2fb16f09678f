package org.pagexplorer.lab.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.files.FileStamp;
import org.pagexplorer.lab.Problems;

/**
 * The engine's thread: every load, forward pass and gradient of a window runs here, in the order
 * asked for. Keeps the last few models on the device.
 */
public final class EngineLane implements AutoCloseable {
  /** Loaded models of one precision; a width-64 ResNet-18 takes about 45 MB. */
  private static final int KEPT_MODELS = 12;

  private final ExecutorService thread;

  /** Files whose content is known. */
  private static final int KNOWN_FILES = 256;

  private final LinkedHashMap<Key, OnDevice> models = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<Path, Content> contents = new LinkedHashMap<>();
  private final Function<String, TorchEngine> open;
  private @Nullable TorchEngine engine;
  private final int threads;
  private volatile String device;

  /** By content, since another model may be trained under the same name. */
  private record Key(String sha256, Precision precision) {}

  private record Content(FileStamp stamp, String sha256) {}

  /**
   * @param cards what the bytes say under each file name that they were read by: a model without a
   *     name in its card has its file's
   */
  private record OnDevice(Classifier classifier, Map<String, ModelCard> cards) {}

  /**
   * A model on the device.
   *
   * @param sha256 of the bytes that it was made from
   * @param card what those bytes say under the file's name
   * @param classifier the lane's: not to be closed, nor kept after the work that asked for it
   */
  public record Loaded(String sha256, ModelCard card, Classifier classifier) {}

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
    this(device, "engine", 0);
  }

  /**
   * @param name the thread's
   * @param threads PyTorch's on the CPU for this lane, whatever others take; 0 for all cores
   */
  public EngineLane(String device, String name, int threads) {
    this(device, name, threads, TorchEngine::open);
  }

  /**
   * @param open opens the device of that name
   */
  public EngineLane(String device, String name, int threads, Function<String, TorchEngine> open) {
    this.device = device;
    this.threads = threads;
    this.open = open;
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /**
   * Runs work after what was asked for before; the future fails with what the work throws, and is
   * cancelled where the lane is closed.
   */
  public <T> CompletableFuture<T> submit(Work<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    try {
      thread.execute(() -> complete(future, work));
    } catch (RejectedExecutionException e) {
      future.cancel(false); // a window that is closing may still ask
    }
    return future;
  }

  private <T> void complete(CompletableFuture<T> future, Work<T> work) {
    try {
      future.complete(work.run(this));
    } catch (Throwable e) {
      future.completeExceptionally(e);
      Problems.note(e);
    }
  }

  /** Loads PyTorch and says which devices there are. */
  public CompletableFuture<List<String>> start() {
    return submit(
        lane -> {
          lane.engine();
          return TorchEngine.devices();
        });
  }

  /** Moves to another device; models are loaded again there. */
  public CompletableFuture<String> useDevice(String newDevice) {
    return submit(
        lane -> {
          lane.moveTo(newDevice);
          return newDevice;
        });
  }

  /** The same at once; only from work on the lane. */
  public void moveTo(String newDevice) {
    TorchEngine next = open.apply(newDevice);
    release();
    engine = next;
    device = newDevice;
  }

  /** The engine; only from work on the lane. */
  public TorchEngine engine() {
    TorchEngine opened = engine;
    if (opened == null) {
      opened = open.apply(device);
      TorchEngine.useThreads(threads);
      engine = opened;
    }
    return opened;
  }

  /** Where it computes. */
  public String device() {
    return device;
  }

  /** The classifier of a model file as it is now; only from work on the lane. */
  public Classifier classifier(Path file, Precision precision) {
    return model(file, precision).classifier();
  }

  /** A model file as it is now, read where its content is not known; only from work on the lane. */
  public Loaded model(Path file, Precision precision) {
    return known(file, digest(file), precision)
        .orElseGet(() -> load(OpenModel.read(file), precision));
  }

  /**
   * A model file as it was before; only from work on the lane.
   *
   * @param sha256 what it was
   * @throws UserException if it has been replaced, and the former is no longer on the device
   */
  public Loaded model(Path file, String sha256, Precision precision) {
    return known(file, sha256, precision)
        .orElseGet(
            () -> {
              OpenModel model = OpenModel.read(file);
              if (!model.sha256().equals(sha256)) {
                throw new UserException(file + " has changed since it was opened; open it again.");
              }
              return load(model, precision);
            });
  }

  /** What was read of a file of this name and is on the device. */
  private Optional<Loaded> known(Path file, String sha256, Precision precision) {
    return Optional.ofNullable(models.get(new Key(sha256, precision)))
        .flatMap(
            model ->
                Optional.ofNullable(model.cards().get(name(file)))
                    .map(card -> ModelLabel.onto(file, card)) // renamed since
                    .map(card -> new Loaded(sha256, card, model.classifier())));
  }

  /** The classifier of a model that was read; only from work on the lane. */
  public Classifier classifier(OpenModel model, Precision precision) {
    return load(model, precision).classifier();
  }

  /** Puts it onto the device, unless the same bytes are there under another name. */
  private Loaded load(OpenModel model, Precision precision) {
    OnDevice onDevice =
        models.computeIfAbsent(
            new Key(model.sha256(), precision),
            key -> new OnDevice(model.classifier(engine(), precision), new HashMap<>()));
    onDevice.cards().put(name(model.file()), model.card());
    while (models.size() > KEPT_MODELS) {
      models.pollFirstEntry().getValue().classifier().close();
    }
    return new Loaded(model.sha256(), model.card(), onDevice.classifier());
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private String digest(Path file) {
    FileStamp stamp = FileStamp.of(file);
    Content before = contents.get(file);
    if (before != null && stamp.provesUnchanged(before.stamp())) {
      return before.sha256();
    }
    String sha256 = CheckpointFiles.sha256(file);
    contents.put(file, new Content(stamp, sha256));
    if (before != null && !before.sha256().equals(sha256)) {
      forget(before.sha256());
    }
    if (contents.size() > KNOWN_FILES) {
      contents.pollFirstEntry();
    }
    return sha256;
  }

  /** Frees what was replaced, unless another file holds the same. */
  private void forget(String sha256) {
    if (contents.values().stream().anyMatch(content -> content.sha256().equals(sha256))) {
      return;
    }
    for (Precision precision : Precision.values()) {
      OnDevice replaced = models.remove(new Key(sha256, precision));
      if (replaced != null) {
        replaced.classifier().close();
      }
    }
  }

  private void release() {
    models.values().forEach(model -> model.classifier().close());
    models.clear();
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }

  /** Frees the device and ends the thread, after the work under way. */
  @Override
  public void close() {
    if (!thread.isShutdown()) {
      thread.execute(this::release);
      thread.shutdown();
    }
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
