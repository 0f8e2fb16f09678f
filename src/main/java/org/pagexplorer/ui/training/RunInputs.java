package org.pagexplorer.ui.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javafx.collections.ObservableList;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.TextField;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.run.Recipe;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.Tips;

/** What of a run can be chosen and typed, with what is usual; {@link RunFields} lays it out. */
final class RunInputs {
  static final String SMALL = "small and quick";

  /** Adversarial training that aligns nothing. */
  static final String NONE = "none";

  final ComboBox<String> recipe = new ComboBox<>();
  final ComboBox<Method> method = new ComboBox<>();
  final ComboBox<String> schedule = new ComboBox<>();
  final ComboBox<String> norm = new ComboBox<>();
  final ComboBox<String> realization = new ComboBox<>();
  final ComboBox<String> align = new ComboBox<>();
  final ComboBox<String> statistics = new ComboBox<>();
  final ComboBox<Fit> fit = new ComboBox<>();
  final ComboBox<String> device = new ComboBox<>();
  final CheckBox mixedPrecision = new CheckBox("convolutions in bfloat16");
  final TextField name = new TextField();
  final TextField dataset = new TextField();
  final TextField teacher = new TextField();
  final TextField gradients = new TextField();
  final TextField initialCheckpoint = new TextField();
  final Map<RunField, TextField> numbers = new LinkedHashMap<>();

  /**
   * @param devices where a run may be trained
   */
  RunInputs(ObservableList<String> devices) {
    offerMethods();
    offerTheRest(devices);
    describe(name, "run-name", "Name of the run, of its folder, and of the model that it makes");
    describe(
        dataset,
        "run-dataset",
        "Folder of the dataset to train on, with its test images if there are any; the paper:"
            + " CIFAR-10 and STL-10");
    describe(
        teacher,
        "run-teacher",
        "Checkpoint of a robust model whose input-gradients are taught (RIGD, section 4.1); the"
            + " paper on CIFAR-10: robust ResNet-50s of Engstrom et al.");
    describe(
        gradients,
        "run-gradients",
        "File of ground-truth gradients, .npy or .safetensors of N × C × channels × height × width"
            + " numbers, as pag gradients writes it; the paper's authors publish score-based ones");
    describe(
        initialCheckpoint,
        "run-initial-checkpoint",
        "Checkpoint whose weights the training begins with, of the same network, classes, and input"
            + " size; random weights if empty, as in the paper");
    for (RunField field : RunField.NUMBERS) {
      TextField text = new TextField(field.usual());
      describe(text, "run" + field.option().substring(1), field.tip());
      numbers.put(field, text);
    }
  }

  private void offerMethods() {
    offer(
        recipe,
        "run-recipe",
        Stream.concat(Stream.of(SMALL), Recipe.ids().stream()),
        SMALL,
        "Fills in the form: a training that finishes quickly on this machine, or one of the paper's"
            + " (section C.2 and Table 3) with all its values");
    offer(
        method,
        "run-method",
        Stream.of(Method.values()),
        Method.CLASS_MEAN,
        "How the model is trained: on cross-entropy alone (vanilla), with gradients aligned to a"
            + " realization of the paper's section 4, adversarially (Eq. 5), or with a penalty on"
            + " the norm of the loss's input-gradient");
    method.setConverter(Titles.of(Method::title));
    Stream<String> aligning = Stream.of(Method.values()).filter(Method::aligns).map(Method::id);
    offer(
        realization,
        "run-realization",
        Stream.concat(Stream.of(NONE), aligning),
        NONE,
        "What adversarial training aligns gradients with, too, at the images before the attack; the"
            + " paper aligns without an adversary");
    realization.setConverter(Titles.of(id -> id.equals(NONE) ? NONE : Method.of(id).title()));
    offer(
        align,
        "run-align",
        Stream.of(Alignment.Gradient.values()).map(Alignment.Gradient::id),
        Alignment.USUAL.gradient().id(),
        "Which input-gradient is aligned: logit, ∇ₓ f(x)_c as in Eq. 1 of the paper, or"
            + " log-probability, ∇ₓ log p(c | x) as in the authors' later code.");
    offer(
        statistics,
        "run-statistics",
        Stream.of(Alignment.Statistics.values()).map(Alignment.Statistics::id),
        Alignment.USUAL.statistics().id(),
        "Batch norms while gradients are aligned: running, so that each image's gradient depends on"
            + " that image alone, or batch, the one pass of train mode as in the authors' code.");
  }

  private void offerTheRest(ObservableList<String> devices) {
    offer(
        schedule,
        "run-schedule",
        Stream.of("one-cycle", "constant", "step"),
        "one-cycle",
        "How the learning rate changes: one-cycle rises to the peak and falls again (PyTorch's),"
            + " constant stays at it, as in the paper, step divides it by 10 twice");
    offer(
        fit,
        "run-fit",
        Stream.of(Fit.values()),
        Fit.CROP,
        "How images of another size are resized: crop keeps the middle, squash keeps everything and"
            + " changes the proportions");
    fit.setConverter(Titles.of(Fit::title));
    offer(
        norm,
        "run-norm",
        Stream.of(Norm.values()).map(Norm::id),
        "l2",
        "Norm of the adversary's ball; the paper's teachers: L2 with ε = 0.5 on CIFAR-10 (1.5 on"
            + " STL-10), and L∞ with 8/255; the paper has no L1");
    norm.setConverter(Titles.of(id -> Norm.of(id).title()));
    describe(
        device,
        "run-device",
        "Where the run computes: the CPU or a GPU; the paper: one NVIDIA A40");
    device.setItems(devices);
    device.setValue("cpu");
    describe(
        mixedPrecision,
        "run-mixed-precision",
        "Mixed precision: convolutions are computed in bfloat16, 1.6 times as fast on a CPU that"
            + " supports it; weights and losses stay float32. The paper trains in float32.");
  }

  /** The adversary's ε in that norm, where none was typed. */
  static String usualRadius(String norm) {
    return SpecificationFields.number(Presets.evaluationEpsilon(Norm.of(norm), InputShape.CIFAR));
  }

  private static <T> void offer(ComboBox<T> box, String id, Stream<T> values, T usual, String tip) {
    describe(box, id, tip);
    values.forEach(box.getItems()::add);
    box.setValue(usual);
  }

  private static void describe(Control control, String id, String tip) {
    control.setId(id);
    Tips.on(control, tip);
  }
}
