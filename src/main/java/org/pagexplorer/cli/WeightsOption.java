package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which of a file's sets of weights a command takes. */
class WeightsOption {
  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "which set of weights to use if a PyTorch file has several, as listed by pag inspect"
              + " (default: the most likely one)")
  String place = "";

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  /**
   * Reads models, and says what was chosen or left out of other people's.
   *
   * @throws UserException as {@link OpenModel#read(Path, String)}, or if none of them has such
   *     weights
   */
  List<OpenModel> read(List<Path> files) {
    List<OpenModel> models = each(files);
    if (!place.isEmpty() && models.stream().allMatch(model -> model.weights().isEmpty())) {
      throw new UserException("Each of these models has one set of weights: omit --weights.");
    }
    return models;
  }

  /** The same of models beside others, which may be of one set each. */
  List<OpenModel> each(List<Path> files) {
    List<OpenModel> models = new ArrayList<>();
    for (Path file : files) {
      OpenModel model = OpenModel.read(file, place);
      model.remarks().forEach(remark -> Report.note(spec, file + ": " + remark));
      models.add(model);
    }
    return models;
  }
}
