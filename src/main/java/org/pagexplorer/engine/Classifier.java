package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.ArgMax;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.LayerTap;
import org.pagexplorer.domain.Layers;
import org.pagexplorer.domain.Networks;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;

/**
 * A network ready to be attacked: f(x) from pixels in [0, 1] to logits, batch norms in eval mode
 * and folded into the convolutions, no gradients of its weights; or a program of the user's.
 */
public final class Classifier implements AutoCloseable {
  private final TorchEngine engine;
  private final Architecture architecture;
  private final Normalization normalization;
  private final Network network;
  private final FirstSteps firstSteps = new FirstSteps();

  /** From normalized inputs, N × C × H × W, to N × classes logits. */
  private sealed interface Network extends AutoCloseable {
    NDArray logits(NDArray x);

    /** The same, while somebody is told of what each layer gives. */
    NDArray logits(NDArray x, BiConsumer<String, NDArray> tap);

    @Override
    void close();
  }

  private Classifier(
      TorchEngine engine, Architecture architecture, Normalization normalization, Network network) {
    this.engine = engine;
    this.architecture = architecture;
    this.normalization = normalization;
    this.network = network;
  }

  /**
   * Puts a network onto the engine's device.
   *
   * @param tensors as {@link Architecture#tensorShapes()} names them
   */
  public static Classifier of(
      TorchEngine engine,
      Architecture architecture,
      Normalization normalization,
      Map<String, Tensor> tensors,
      Precision precision) {
    try (Weights raw = Weights.of(tensors, DataType.FLOAT32, engine.manager())) {
      return of(engine, architecture, normalization, raw, precision);
    }
  }

  /** A frozen copy of weights that are already on the device. */
  static Classifier of(
      TorchEngine engine,
      Architecture architecture,
      Normalization normalization,
      Weights raw,
      Precision precision) {
    return new Classifier(
        engine, architecture, normalization, Folded.of(engine, architecture, raw, precision));
  }

  /**
   * A program, which always computes in its own precision; closing the classifier closes it.
   *
   * @param normalization applied before it
   */
  public static Classifier of(
      TorchEngine engine, Architecture architecture, Normalization normalization, Program program) {
    return new Classifier(engine, architecture, normalization, new Foreign(program));
  }

  private record Foreign(Program program) implements Network {
    @Override
    public NDArray logits(NDArray x) {
      return program.logits(x);
    }

    /** A program does not tell. */
    @Override
    public NDArray logits(NDArray x, BiConsumer<String, NDArray> tap) {
      return logits(x);
    }

    @Override
    public void close() {
      program.close();
    }
  }

  /** A network of ours. */
  private record Folded(
      TorchEngine engine,
      Architecture architecture,
      Weights weights,
      boolean channelsLast,
      boolean bfloat16)
      implements Network {

    static Folded of(
        TorchEngine engine, Architecture architecture, Weights raw, Precision precision) {
      boolean images = architecture.family().isConvolutional();
      boolean half =
          architecture.family().isFastInBfloat16()
              && precision == Precision.FAST
              && Bfloat16.isFastOn(engine.device());
      Weights folded =
          Folding.fold(
              architecture, raw, array -> convert(engine, array, images, half), engine.manager());
      return new Folded(engine, architecture, folded, images, half);
    }

    private static NDArray convert(
        TorchEngine engine, NDArray array, boolean channelsLast, boolean bfloat16) {
      NDArray typed = bfloat16 ? engine.autograd().bfloat16(array) : array;
      boolean image = array.getShape().dimension() == 4;
      return channelsLast && image ? engine.autograd().channelsLast(typed) : typed;
    }

    @Override
    public NDArray logits(NDArray x) {
      return logits(x, TorchLayers.folded(weights));
    }

    @Override
    public NDArray logits(NDArray x, BiConsumer<String, NDArray> tap) {
      return logits(x, LayerTap.on(TorchLayers.folded(weights), tap));
    }

    private NDArray logits(NDArray x, Layers<NDArray> layers) {
      NDArray converted = convert(engine, x, channelsLast, bfloat16);
      NDArray logits = Networks.logits(architecture, converted, layers);
      return bfloat16 ? engine.autograd().float32(logits) : logits;
    }

    @Override
    public void close() {
      weights.close();
    }
  }

  /** N × classes logits of N × C × H × W pixels, float32, with the graph back to the pixels. */
  NDArray logits(NDArray pixels) {
    return network.logits(Pixels.normalize(pixels, normalization));
  }

  /**
   * The same, while somebody is told of what each of {@link LayerTap#of}'s layers gives, N × C × H
   * × W with the graph; of nothing where the network is a program.
   */
  NDArray logits(NDArray pixels, BiConsumer<String, NDArray> tap) {
    return network.logits(Pixels.normalize(pixels, normalization), tap);
  }

  /** The logits of images of this network's shape, an array an image. */
  public List<float[]> logits(List<Image> images) {
    List<float[]> rows = new ArrayList<>();
    try (NDManager scratch = engine.manager().newSubManager()) {
      NDArray logits = logits(Pixels.toArray(images, scratch)).stopGradient();
      float[] values = logits.toFloatArray();
      for (int i = 0; i < images.size(); i++) {
        int from = i * architecture.classes();
        rows.add(java.util.Arrays.copyOfRange(values, from, from + architecture.classes()));
      }
    }
    return rows;
  }

  /**
   * The logits of many inputs at once, without the objects: for rasters.
   *
   * @param pixels N inputs, one after the other
   * @return N × classes logits, row by row
   */
  public float[] logits(float[] pixels) {
    try (NDManager scratch = engine.manager().newSubManager()) {
      long n = pixels.length / architecture.input().size();
      return logits(scratch.create(pixels, new Shape(n).addAll(shape())))
          .stopGradient()
          .toFloatArray();
    }
  }

  /** The class of the largest logit of each image. */
  public int[] predictions(List<Image> images) {
    return logits(images).stream().mapToInt(ArgMax::of).toArray();
  }

  public Architecture architecture() {
    return architecture;
  }

  /** Whether this classifier computes in bfloat16. */
  public boolean isBfloat16() {
    return network instanceof Folded folded && folded.bfloat16();
  }

  Normalization normalization() {
    return normalization;
  }

  /** Where it computes: {@code cpu}, {@code cuda:0}, … */
  public String device() {
    return engine().device();
  }

  TorchEngine engine() {
    return engine;
  }

  Shape shape() {
    InputShape input = architecture.input();
    return new Shape(input.channels(), input.height(), input.width());
  }

  /** Of attacks that somebody watches. */
  FirstSteps firstSteps() {
    return firstSteps;
  }

  @Override
  public void close() {
    firstSteps.close();
    network.close();
  }
}
