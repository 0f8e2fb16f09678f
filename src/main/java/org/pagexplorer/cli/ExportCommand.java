package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.pagexplorer.checkpoint.CardCodec;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pag export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes a model as safetensors whose tensors have the names of its usual PyTorch class:"
            + " model.load_state_dict(safetensors.torch.load_file(F)). The class does not"
            + " normalize; mean and std are in the file's metadata.")
final class ExportCommand implements Callable<Integer> {

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "a checkpoint")
  Path model = Path.of("");

  @Mixin WeightsOption weights;

  @Mixin ModelOutput out;

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description = "prefix of each name, for instance module.")
  String prefix = "";

  @Option(names = "--float16", description = "write half-precision weights (default: float32)")
  boolean float16;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    OutputFile.checkModel(out.file, "--out", out.force);
    Checkpoint checkpoint =
        weights
            .read(List.of(model))
            .getFirst()
            .checkpoint()
            .orElseThrow(
                () ->
                    new UserException(
                        model + " is a TorchScript program, whose weights have no names here."));
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    checkpoint.tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    Safetensors.write(
        out.file, CardCodec.encode(checkpoint.card()), tensors, float16 ? Dtype.F16 : Dtype.F32);
    report.line(
        "Wrote %s: %d tensors of %s, from %s to %s."
            .formatted(
                out.file,
                tensors.size(),
                checkpoint.card().architecture().title(),
                tensors.firstEntry().getKey(),
                tensors.lastEntry().getKey()));
    report.json(
        () -> Map.of("out", out.file.toString(), "tensors", tensors.sequencedKeySet().toArray()));
    return 0;
  }
}
