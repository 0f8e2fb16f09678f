package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;

/** Which images of the open dataset are the rows, and how they are arranged. On the FX thread. */
public final class RowChoice {
  /** As many rows as a usual window shows. */
  static final int ROWS = 7;

  /** Rows of {@link #EACH} class at a time: a hundred images by a hundred targets fit in memory. */
  static final int MOST_CLASSES = 100;

  static final String EACH = "one of each class";
  static final String RANDOM = "at random";
  static final String TYPED = "by index";

  /** By the chosen model. */
  static final String WRONG = "misclassified";

  private final RowReading reading;
  private final Notice notice;
  private final Complaint trouble;
  private final Runnable replace;
  private final StringProperty choice = new SimpleStringProperty(EACH);
  private final IntegerProperty revision = new SimpleIntegerProperty();
  private ShownRows now = ShownRows.FIRST;

  /**
   * @param replace called before other rows take the place of those that are shown
   */
  RowChoice(RowReading reading, Notice notice, Complaint trouble, Runnable replace) {
    this.reading = reading;
    this.notice = notice;
    this.trouble = trouble;
    this.replace = replace;
  }

  ShownRows now() {
    return now;
  }

  /** Shows rows of the dataset that is open; the first where it has no such ones. */
  void show(ShownRows wanted) {
    Dataset dataset = reading.dataset();
    begin(dataset != null && RowDrawing.isPossible(wanted, dataset) ? wanted : ShownRows.FIRST);
  }

  /** Shows the first images of a choice: of {@link #EACH} class, at {@link #RANDOM}, or a class. */
  public void choose(String what) {
    replace.run();
    begin(new ShownRows(what, 0, ROWS, List.of(), RowOrder.NONE));
  }

  /** Shows the images of typed indices, for instance {@code 0, 7, 12}. */
  public void showIndices(String text) {
    Dataset dataset = reading.dataset();
    if (dataset == null || text.isBlank()) {
      return;
    }
    try {
      List<Integer> indices = TypedIndices.parse(text, dataset);
      replace.run();
      begin(new ShownRows(TYPED, 0, ROWS, List.copyOf(indices), RowOrder.NONE));
    } catch (UserException e) {
      trouble.report(e);
    }
  }

  private void begin(ShownRows rows) {
    now = rows;
    choice.set(rows.choice());
    Dataset dataset = reading.dataset();
    if (isOfEach() && dataset != null && dataset.classes().size() > MOST_CLASSES) {
      notice.say(
          "%s has %,d classes; %d of them are shown at a time."
              .formatted(dataset.name(), dataset.classes().size(), MOST_CLASSES));
    }
    show(RowDrawing.of(rows, reading.misclassified()));
  }

  private boolean isOfEach() {
    return now.choice().equals(EACH);
  }

  /** Shows whatever a function makes of the dataset. */
  void show(Function<ImageSource, List<OriginalImage>> drawn) {
    show(RowDrawing.of(drawn));
  }

  private void show(RowDrawing drawing) {
    changed();
    reading.show(drawing);
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /** Shows later images of the choice, or earlier ones. */
  void turn(int pages) {
    int page = now.page() + pages;
    if (hasPages() && (page >= 0 || !now.choice().equals(WRONG))) { // where its last is not known
      replace.run();
      begin(new ShownRows(now.choice(), page, now.count(), List.of(), RowOrder.NONE));
    }
  }

  private boolean hasPages() {
    return !now.choice().equals(TYPED);
  }

  /** Whether there can be more of the choice than are shown. */
  boolean canBeMore() {
    boolean fromTheFirst = now.page() == 0 || now.choice().equals(RANDOM);
    return hasPages() && !isOfEach() && fromTheFirst && now.count() < MOST_CLASSES;
  }

  /** Shows more images of the choice below those that are shown. */
  void more() {
    if (canBeMore()) {
      int count = Math.min(MOST_CLASSES, now.count() + ROWS);
      begin(new ShownRows(now.choice(), now.page(), count, List.of(), now.order()));
    }
  }

  /** The rows that the chosen model gets wrong are found by this. */
  public void findMisclassified(Misclassified misclassified) {
    reading.findMisclassified(misclassified);
  }

  /** Finds misclassified images, where it is known by which model. */
  Optional<Misclassified> misclassified() {
    return reading.misclassified();
  }

  /** What was found so far is enough. */
  public void stopSearch() {
    misclassified().ifPresent(Misclassified::stop);
  }

  /** Moves a row to another place. */
  public void move(int from, int to) {
    if (canArrange(from) && canArrange(to) && from != to) {
      arrange(now.order().moved(reading.keys(), from, to));
    }
  }

  /** Takes a row out; undoing brings it back. */
  public void remove(int row) {
    if (canArrange(row)) {
      arrange(now.order().without(reading.keys(), row));
    }
  }

  /** Takes all other rows out. */
  public void keepOnly(int row) {
    if (canArrange(row)) {
      List<String> removed = new ArrayList<>(now.order().removed());
      List<String> keys = new ArrayList<>(reading.keys());
      List<String> kept = List.of(keys.remove(row));
      removed.addAll(keys);
      arrange(new RowOrder(kept, removed));
    }
  }

  private boolean canArrange(int row) {
    return row >= 0 && row < reading.images().size() && !reading.isBusy();
  }

  void arrange(RowOrder order) {
    now = new ShownRows(now.choice(), now.page(), now.count(), now.indices(), order);
    changed();
    reading.settle();
  }

  /** What is shown of the source. */
  public ReadOnlyStringProperty choiceProperty() {
    return choice;
  }

  /** Told of whatever may have changed what is shown. */
  Observable shownProperty() {
    return revision;
  }
}
