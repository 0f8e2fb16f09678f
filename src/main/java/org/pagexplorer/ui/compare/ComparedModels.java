package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.LikelyTargets;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;

/** Which models are compared, in the order of their rows: of the same classes and images. */
final class ComparedModels {
  static final int FEWEST = 2;
  private static final int MOST = 6;

  /** Models that are compared before anybody has chosen. */
  private static final int FIRST = 3;

  private final ModelShelf shelf;
  private final Notice notice;
  private final ObservableList<ModelFile> all = FXCollections.observableArrayList();

  private List<String> proposed = List.of();

  ComparedModels(ModelShelf shelf, Notice notice) {
    this.shelf = shelf;
    this.notice = notice;
    shelf
        .models()
        .addListener(
            (ListChangeListener<ModelFile>) change -> all.retainAll(List.copyOf(shelf.models())));
  }

  /** The files that are to be compared when it begins, as far as they are there by then. */
  void propose(List<String> files) {
    proposed = List.copyOf(files);
  }

  /** The files that are compared, or are to be. */
  List<String> files() {
    return all.isEmpty() ? proposed : all.stream().map(model -> model.file().toString()).toList();
  }

  private void chooseProposed() {
    for (String file : proposed) {
      shelf.models().stream()
          .filter(model -> model.file().toString().equals(file))
          .filter(model -> all.size() < MOST && !all.contains(model))
          .filter(model -> all.isEmpty() || agrees(model))
          .findFirst()
          .ifPresent(all::add);
    }
    if (all.size() < FEWEST) {
      all.clear();
    }
  }

  /** As in the paper's Figure 4, as far as there are such models: vanilla, aligned, distilled. */
  void chooseFirst() {
    chooseProposed();
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
    for (ModelFile model : inOrder) {
      boolean fits = all.isEmpty() || agrees(model);
      if (all.size() < FIRST && fits && !all.contains(model)) {
        all.add(model);
      }
    }
  }

  /** Whether a model knows the same classes and takes the same images as those compared. */
  private boolean agrees(ModelFile model) {
    ModelCard first = all.getFirst().card();
    return model.card().classes().equals(first.classes())
        && model.card().architecture().input().equals(first.architecture().input());
  }

  /** Adds a model to the comparison, or takes it out; says why where that is not possible. */
  void toggle(ModelFile model) {
    if (all.contains(model)) {
      if (all.size() > FEWEST) {
        all.remove(model);
      } else {
        notice.say("A comparison needs two models: choose another one before you leave this out.");
      }
    } else if (all.size() == MOST) {
      notice.say("Six models are compared at most: leave one out first.");
    } else if (!all.isEmpty() && !agrees(model)) {
      notice.say(
          "\"%s\" knows other classes or takes other images than \"%s\": compare models of the same."
              .formatted(model.card().name(), all.getFirst().card().name()));
    } else {
      all.add(model);
    }
  }

  ObservableList<ModelFile> all() {
    return all;
  }

  /** What they all know. */
  List<String> classes() {
    return all.isEmpty() ? List.of() : all.getFirst().card().classes();
  }

  /** What they all take; there is at least one. */
  InputShape input() {
    return all.getFirst().card().architecture().input();
  }

  /**
   * The chosen targets among these models' classes. They were chosen among those of Explore's
   * model: what these do not know is left out, and where nothing is left all are taken, or the
   * first of many.
   */
  List<Integer> targets(AttackSetup setup) {
    List<String> chosenAmong = setup.classes().get();
    List<Integer> known =
        setup.targets().stream()
            .filter(target -> target < chosenAmong.size())
            .map(target -> classes().indexOf(chosenAmong.get(target)))
            .filter(target -> target >= 0)
            .toList();
    return known.isEmpty() ? IntStream.range(0, first()).boxed().toList() : known;
  }

  private int first() {
    int all = classes().size();
    return LikelyTargets.isFew(all) ? all : LikelyTargets.FIRST;
  }
}
