package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.model.SharedClasses;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;

/**
 * Which models are compared, in the order of their rows; there are classes that all of them know.
 */
final class ComparedModels {
  static final int FEWEST = 2;

  /** Each has a color of its own in charts. */
  static final int MOST = Palette.LIGHT.colors().size();

  /** Models that are compared before anybody has chosen. */
  private static final int FIRST = 3;

  private final ModelShelf shelf;
  private final Complaint complaint;
  private final ObservableList<ModelFile> all = FXCollections.observableArrayList();

  /** Those of the last time, while nobody has chosen others. */
  private List<String> proposed = List.of();

  ComparedModels(ModelShelf shelf, Notice notice) {
    this.shelf = shelf;
    complaint = new Complaint(notice);
    shelf.models().addListener((ListChangeListener<ModelFile>) change -> follow());
  }

  /** What is gone goes, and what has another name now stays in its place. */
  private void follow() {
    List<ModelFile> now =
        all.stream()
            .flatMap(
                before ->
                    shelf.models().stream()
                        .filter(model -> model.file().equals(before.file()))
                        .limit(1))
            .toList();
    if (!now.equals(all)) {
      all.setAll(now);
    }
    if (!all.isEmpty()) {
      takeProposed();
    }
  }

  /** Models of runs come onto the shelf some time after the window begins. */
  private void takeProposed() {
    List<ModelFile> there = new ArrayList<>();
    for (String file : proposed) {
      shelf.models().stream()
          .filter(model -> model.file().toString().equals(file))
          .filter(model -> there.size() < MOST && !there.contains(model))
          .filter(model -> sharesClasses(there, model))
          .findFirst()
          .ifPresent(there::add);
    }
    if (there.size() >= FEWEST && !there.equals(all)) {
      all.setAll(there);
    }
  }

  /** The files that are to be compared when it begins, as far as they are there by then. */
  void propose(List<String> files) {
    proposed = List.copyOf(files);
  }

  /** Compares these, as far as there are classes that they and those before know. */
  void choose(List<ModelFile> models) {
    proposed = List.of();
    all.setAll(models.getFirst());
    models.stream()
        .filter(model -> all.size() < MOST && !all.contains(model) && sharesClasses(model))
        .forEach(all::add);
  }

  /** The files that are compared, or are to be, also where they are not there yet. */
  List<String> files() {
    return proposed.isEmpty()
        ? all.stream().map(model -> model.file().toString()).toList()
        : proposed;
  }

  /** As in the paper's Figure 4, as far as there are such models: vanilla, aligned, distilled. */
  void chooseFirst() {
    takeProposed();
    if (!all.isEmpty()) {
      return;
    }
    List<ModelFile> inOrder = new ArrayList<>();
    for (Method method : List.of(Method.VANILLA, Method.CLASS_MEAN, Method.RIGD)) {
      shelf.models().stream()
          .filter(model -> model.card().method().equals(method.id()))
          .findFirst()
          .ifPresent(inOrder::add);
    }
    inOrder.addAll(shelf.models());
    inOrder.removeIf(shelf.arrangement()::isHidden);
    add(inOrder, this::agrees, FIRST);
    add(inOrder, this::sharesClasses, FEWEST);
  }

  private void add(List<ModelFile> models, Predicate<ModelFile> wanted, int most) {
    for (ModelFile model : models) {
      if (all.size() < most && !all.contains(model) && wanted.test(model)) {
        all.add(model);
      }
    }
  }

  /** Whether there is a class that it and those compared know. */
  private boolean sharesClasses(ModelFile model) {
    return sharesClasses(all, model);
  }

  private static boolean sharesClasses(List<ModelFile> models, ModelFile model) {
    List<ModelFile> with = new ArrayList<>(models);
    with.add(model);
    return classes(with).size() > 0;
  }

  /** Whether a model knows the same classes and takes the same images as those compared. */
  private boolean agrees(ModelFile model) {
    if (all.isEmpty()) {
      return true;
    }
    ModelCard first = all.getFirst().card();
    return model.card().classes().equals(first.classes())
        && model.card().architecture().input().equals(first.architecture().input());
  }

  /**
   * Adds a model to the comparison, or takes it out; says why where that is not possible. A model
   * that has no class in common with the others begins another comparison.
   */
  void toggle(ModelFile model) {
    if (all.contains(model)) {
      leaveOut(model);
    } else if (!sharesClasses(model)) {
      beginWith(model);
    } else if (all.size() == MOST) {
      complaint.say("Compare shows at most %d models: leave one out first.".formatted(MOST));
    } else {
      complaint.settle();
      proposed = List.of();
      all.add(model);
    }
  }

  private void leaveOut(ModelFile model) {
    if (all.size() > FEWEST) {
      complaint.settle();
      proposed = List.of();
      all.remove(model);
    } else {
      complaint.say("A comparison needs two models: choose another one before you leave this out.");
    }
  }

  private void beginWith(ModelFile model) {
    if (shelf.models().stream().noneMatch(other -> goesWith(model, other))) {
      complaint.say(
          "There is nothing to compare \"%s\" with: no other model has a class in common with it."
              .formatted(model.card().name()));
      return;
    }
    complaint.settle();
    include(model);
    complaint.say(
        "\"%s\" has no class in common with the models compared before: another comparison begins."
            .formatted(model.card().name()));
  }

  private static boolean goesWith(ModelFile model, ModelFile other) {
    return !other.equals(model) && sharesClasses(List.of(model), other);
  }

  /** Nobody looks at the models: what was said of them goes. */
  void settle() {
    complaint.settle();
  }

  /** Sees to it that a model is compared, if need be in the place of the last or of all others. */
  void include(ModelFile model) {
    chooseFirstIfNone();
    if (all.contains(model)) {
      return;
    }
    proposed = List.of();
    List<ModelFile> next = new ArrayList<>(sharesClasses(model) ? all : List.of());
    if (next.size() == MOST) {
      next.removeLast();
    }
    next.add(model);
    all.setAll(next);
    if (all.size() < FEWEST) {
      add(shelf.models(), this::agrees, FIRST);
      add(shelf.models(), this::sharesClasses, FEWEST);
    }
  }

  private void chooseFirstIfNone() {
    if (all.isEmpty()) {
      chooseFirst();
    }
  }

  ObservableList<ModelFile> all() {
    return all;
  }

  /** The classes that all of them know. */
  SharedClasses classes() {
    return classes(all);
  }

  private static SharedClasses classes(List<ModelFile> models) {
    return SharedClasses.of(models.stream().map(ModelFile::card).toList());
  }

  /** Says which models know classes that others do not; empty where all know the same. */
  String leftOut() {
    int shared = classes().size();
    List<String> more = new ArrayList<>();
    for (ModelFile model : all) {
      int others = model.card().classes().size() - shared;
      if (others > 0) {
        more.add("%,d of \"%s\"".formatted(others, model.card().name()));
      }
    }
    return more.isEmpty()
        ? ""
        : "Columns are among the %,d classes that all of these models know; left out: %s."
            .formatted(shared, String.join(", ", more));
  }

  /** Whether all of them know an image's class. */
  boolean knowLabel(OriginalImage image) {
    return all.stream().allMatch(model -> image.labelAmong(model.card().classes()).isPresent());
  }

  /**
   * Whether each takes its images; what is no picture, or no model's of pictures, stays as it is.
   *
   * @param images by model
   */
  boolean take(List<List<OriginalImage>> images) {
    for (int k = 0; k < images.size(); k++) {
      InputShape input = inputs().get(k);
      if (images.get(k).stream().anyMatch(row -> !row.image().shape().equals(input))) {
        return false;
      }
    }
    return true;
  }

  /** What each of them takes. */
  List<InputShape> inputs() {
    return all.stream().map(model -> model.card().architecture().input()).toList();
  }
}
